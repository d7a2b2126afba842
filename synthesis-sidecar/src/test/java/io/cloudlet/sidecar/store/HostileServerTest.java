package io.cloudlet.sidecar.store;

import static io.cloudlet.sidecar.store.RawServer.head;
import static io.cloudlet.sidecar.store.RawServer.range;
import static io.cloudlet.sidecar.store.RawServer.rangeHead;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.store.RemoteFileException.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that stall, change their file, or answer other than they were asked. */
@Timeout(30)
class HostileServerTest {
  @TempDir Path folder;
  private DistantFile file;
  private byte[] content;

  @BeforeEach
  void makeAFile() {
    file = new DistantFile(folder);
    content = file.content();
  }

  @Test
  void givesUpOnAServerThatSendsNothingMore() throws Exception {
    RawServer.Script script =
        (request, out) -> {
          if (request.last() == 0) {
            range(request, out, content);
            return;
          }
          rangeHead(out, request.first(), request.last(), content.length, 100_000);
          out.write(content, 0, 10);
          out.flush();
          Thread.sleep(5_000);
        };
    try (RawServer server = new RawServer(script);
        OverlaySource source = file.open(server)) {
      RemoteFileException error = DistantFile.failure(() -> DistantFile.read(source, 0, 100_000));
      assertThat(error.reason()).isEqualTo(Reason.STALLED);
      assertThat(error).hasMessageContaining("no bytes came for 300 ms, 3 times in a row");
    }
  }

  @Test
  void refusesAFileThatChanges() throws Exception {
    RawServer.Script script =
        (request, out) -> {
          String tag = request.number() < 2 ? "\"one\"" : "\"two\"";
          if (request.number() >= 2) {
            assertThat(request.header("if-range")).isEqualTo("\"one\"");
            head(out, "HTTP/1.1 200 OK", "ETag: " + tag, "Content-Length: " + content.length);
            out.write(content);
          } else {
            range(request, out, content, "ETag: " + tag);
          }
        };
    try (RawServer server = new RawServer(script);
        OverlaySource source = file.open(server)) {
      file.verify(source, 5000);
      RemoteFileException error = DistantFile.failure(() -> DistantFile.read(source, 9000, 100));
      assertThat(error.reason()).isEqualTo(Reason.CHANGED);
      assertThat(error.offset()).isEqualTo(9000);
      assertThat(error).hasMessageContaining("its ETag was \"one\" and is \"two\"");
    }
  }

  @Test
  void refusesAFileThatChangesUnderAServerWithoutIfRange() throws Exception {
    RawServer.Script script =
        (request, out) ->
            range(request, out, content, "Last-Modified: day " + (request.number() < 2 ? 1 : 2));
    try (RawServer server = new RawServer(script);
        OverlaySource source = file.open(server)) {
      file.verify(source, 5000);
      assertThat(DistantFile.failure(() -> DistantFile.read(source, 0, 10)).reason())
          .isEqualTo(Reason.CHANGED);
    }
  }

  @Test
  void refusesOtherBytesThanThoseAskedFor() throws Exception {
    RawServer.Script shifted =
        (request, out) -> {
          long first = request.last() == 0 ? 0 : request.first() + 1;
          rangeHead(out, first, request.last(), content.length, request.last() - first + 1);
          out.write(content, (int) first, (int) (request.last() - first + 1));
        };
    file.assertMisbehaves(shifted, "bytes 100-199 were asked for, the answer holds 101-199");
  }

  @Test
  void refusesAnotherTotal() throws Exception {
    RawServer.Script growing =
        (request, out) -> {
          long total = (long) content.length + request.number();
          rangeHead(out, request.first(), request.last(), total, 1L + request.last());
          out.write(content, 0, 1);
        };
    try (RawServer server = new RawServer(growing);
        OverlaySource source = file.open(server)) {
      RemoteFileException error = DistantFile.failure(() -> DistantFile.read(source, 100, 100));
      assertThat(error.reason()).isEqualTo(Reason.CHANGED);
      assertThat(error).hasMessageContaining("its length was 300000 and is 300001");
    }
  }

  @Test
  void refusesMoreBytesThanAnnounced() throws Exception {
    RawServer.Script generous =
        (request, out) -> {
          boolean probe = request.last() == 0;
          rangeHead(out, request.first(), request.last(), content.length, probe ? 1 : 5000);
          out.write(content, 0, probe ? 1 : 5000);
        };
    file.assertMisbehaves(generous, "more than the 100 bytes it announced");
  }

  @Test
  void refusesAPartialAnswerWithoutItsRange() throws Exception {
    RawServer.Script silent =
        (request, out) -> {
          if (request.last() == 0) {
            range(request, out, content);
          } else {
            head(out, "HTTP/1.1 206 Partial Content", "Content-Length: 100");
            out.write(content, 0, 100);
          }
        };
    file.assertMisbehaves(silent, "without a Content-Range");
  }

  @Test
  void givesUpOnEmptyAnswers() throws Exception {
    RawServer.Script empty =
        (request, out) -> {
          if (request.last() == 0) {
            range(request, out, content);
          } else {
            rangeHead(out, request.first(), request.last(), content.length, 0);
          }
        };
    file.assertMisbehaves(empty, "empty answers");
  }
}
