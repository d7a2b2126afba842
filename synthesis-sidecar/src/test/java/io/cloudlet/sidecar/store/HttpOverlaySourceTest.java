package io.cloudlet.sidecar.store;

import static io.cloudlet.sidecar.store.RawServer.head;
import static io.cloudlet.sidecar.store.RawServer.range;
import static io.cloudlet.sidecar.store.RawServer.rangeHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.store.RemoteFileException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HttpOverlaySourceTest {
  private static final HttpPolicy IMPATIENT =
      new HttpPolicy(
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          3,
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          3,
          2);

  @TempDir Path folder;
  private final byte[] content = bytes(300_000);

  @Test
  void readsByRanges() throws Exception {
    try (RawServer server = new RawServer((request, out) -> range(request, out, content));
        OverlaySource source = open(server)) {
      assertThat(source.length()).isEqualTo(content.length);
      assertThat(read(source, 1000, 5000)).isEqualTo(Arrays.copyOfRange(content, 1000, 6000));
    }
  }

  @Test
  void readsManyRangesAtOnceOnAsManyConnectionsAsThePolicyAllows() throws Exception {
    CountDownLatch together = new CountDownLatch(3);
    RawServer.Script script =
        (request, out) -> {
          if (request.last() > 0) {
            together.countDown();
            assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
          }
          range(request, out, content);
        };
    try (RawServer server = new RawServer(script);
        OverlaySource source = openPatiently(server)) {
      Stream.of(0, 50_000, 100_000, 150_000)
          .parallel()
          .map(offset -> Thread.ofVirtual().start(() -> verify(source, offset)))
          .toList()
          .forEach(HttpOverlaySourceTest::join);
      assertThat(server.requests).hasSize(5);
    }
  }

  @Test
  void resumesWhereAConnectionBroke() throws Exception {
    RawServer.Script script =
        (request, out) -> {
          int first = (int) request.first();
          int last = (int) request.last();
          rangeHead(out, first, last, content.length, last - first + 1);
          out.write(content, first, Math.min(40_000, last - first + 1));
        };
    try (RawServer server = new RawServer(script);
        OverlaySource source = open(server)) {
      assertThat(read(source, 0, 200_000)).isEqualTo(Arrays.copyOf(content, 200_000));
      assertThat(server.requests.stream().mapToLong(RawServer.Request::first))
          .containsExactly(0L, 0L, 40_000L, 80_000L, 120_000L, 160_000L);
    }
  }

  @Test
  void triesAgainWhenTheServerIsBusy() throws Exception {
    RawServer.Script script =
        (request, out) -> {
          if (request.number() % 2 == 0) {
            head(out, "HTTP/1.1 503 Service Unavailable", "Retry-After: 0", "Content-Length: 0");
          } else {
            range(request, out, content);
          }
        };
    try (RawServer server = new RawServer(script);
        OverlaySource source = open(server)) {
      assertThat(read(source, 7, 100)).isEqualTo(Arrays.copyOfRange(content, 7, 107));
    }
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
        OverlaySource source = open(server)) {
      RemoteFileException error = failure(() -> read(source, 0, 100_000));
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
        OverlaySource source = open(server)) {
      verify(source, 5000);
      RemoteFileException error = failure(() -> read(source, 9000, 100));
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
        OverlaySource source = open(server)) {
      verify(source, 5000);
      assertThat(failure(() -> read(source, 0, 10)).reason()).isEqualTo(Reason.CHANGED);
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
    assertMisbehaves(shifted, "bytes 100-199 were asked for, the answer holds 101-199");
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
        OverlaySource source = open(server)) {
      RemoteFileException error = failure(() -> read(source, 100, 100));
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
    assertMisbehaves(generous, "more than the 100 bytes it announced");
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
    assertMisbehaves(silent, "without a Content-Range");
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
    assertMisbehaves(empty, "empty answers");
  }

  @Test
  void fetchesTheWholeFileWhereThereAreNoRanges() throws Exception {
    RawServer.Script whole =
        (request, out) -> {
          head(out, "HTTP/1.1 200 OK", "Content-Length: " + content.length);
          // The first try breaks off half way.
          out.write(content, 0, request.number() == 1 ? 1000 : content.length);
        };
    Said said = new Said();
    try (RawServer server = new RawServer(whole);
        OverlaySource source = HttpOverlaySource.open(server.url("/a"), folder, IMPATIENT, said)) {
      assertThat(source.length()).isEqualTo(content.length);
      verify(source, 100_000);
      assertThat(said.url).isEqualTo(server.url("/a").toString());
      assertThat(source.describe()).isEqualTo(said.url);
      assertThat(said.arrived).isEqualTo(content.length);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void followsRedirectionsUpToALimit() throws Exception {
    RawServer.Script script =
        (request, out) -> {
          if (request.target().equals("/circle")) {
            head(out, "HTTP/1.1 302 Found", "Location: /circle", "Content-Length: 0");
          } else if (request.target().equals("/from")) {
            head(out, "HTTP/1.1 307 Temporary Redirect", "Location: to", "Content-Length: 0");
          } else {
            range(request, out, content);
          }
        };
    try (RawServer server = new RawServer(script)) {
      try (OverlaySource source = open(server.url("/from"))) {
        verify(source, 0);
      }
      RemoteFileException error = failure(() -> open(server.url("/circle")));
      assertThat(error.reason()).isEqualTo(Reason.REDIRECTED);
      assertThat(error).hasMessageContaining("redirected more than 2 times");
    }
  }

  @Test
  void keepsSecretsOutOfMessagesAndAwayFromOtherHosts() throws Exception {
    try (RawServer other = new RawServer((request, out) -> range(request, out, content));
        RawServer server =
            new RawServer((request, out) ->
                head(out, "HTTP/1.1 302 Found", "Location: " + other.url("/b")))) {
      URI secret = URI.create(server.url("/a?sig=s3cret").toString().replace("//", "//me:pass@"));
      try (OverlaySource source = open(secret)) {
        assertThat(source.describe()).isEqualTo(server.url("/a").toString());
      }
      assertThat(server.requests.getFirst().header("authorization")).startsWith("Basic ");
      assertThat(other.requests.getFirst().headers()).doesNotContainKey("authorization");
    }
    try (RawServer gone = new RawServer((request, out) -> head(out, "HTTP/1.1 404 Not Found"))) {
      URI secret = URI.create(gone.url("/a?sig=s3cret").toString().replace("//", "//me:pass@"));
      RemoteFileException error = failure(() -> open(secret));
      assertThat(error.reason()).isEqualTo(Reason.REFUSED);
      assertThat(error).hasMessageContaining("/a at byte 0").hasMessageContaining("404");
      assertThat(error.getMessage()).doesNotContain("s3cret").doesNotContain("pass");
    }
  }

  @Test
  void saysWhenNothingListens() throws Exception {
    URI url;
    try (RawServer server = new RawServer((request, out) -> {})) {
      url = server.url("/a");
    }
    assertThat(failure(() -> open(url)).reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void refusesOtherSchemesAndRangesPastTheEnd() throws Exception {
    assertThat(
            catchThrowableOfType(CloudletException.class, () -> open(URI.create("ftp://host/a"))))
        .hasMessageContaining("no http or https URL");
    try (RawServer server = new RawServer((request, out) -> range(request, out, content));
        OverlaySource source = open(server)) {
      assertThat(catchThrowableOfType(CorruptException.class, () -> read(source, 299_999, 2)))
          .hasMessageContaining("300000 in all");
    }
  }

  @Test
  void closeEndsAReadThatWaits() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    RawServer.Script script =
        (request, out) -> {
          if (request.last() == 0) {
            range(request, out, content);
          } else {
            waiting.countDown();
            Thread.sleep(20_000);
          }
        };
    try (RawServer server = new RawServer(script)) {
      OverlaySource source = openPatiently(server);
      Thread closer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  waiting.await();
                  source.close();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      assertThat(catchThrowableOfType(IOException.class, () -> read(source, 0, 100)))
          .hasMessageContaining("closed while it was read");
      closer.join();
    }
  }

  private void assertMisbehaves(RawServer.Script script, String message) throws Exception {
    try (RawServer server = new RawServer(script);
        OverlaySource source = open(server)) {
      RemoteFileException error = failure(() -> read(source, 100, 100));
      assertThat(error.reason()).isEqualTo(Reason.MISBEHAVING);
      assertThat(error)
          .hasMessageContaining(server.url("/a") + " at byte 100")
          .hasMessageContaining(message);
    }
  }

  private OverlaySource open(RawServer server) throws IOException {
    return open(server.url("/a"));
  }

  private OverlaySource open(URI url) throws IOException {
    return HttpOverlaySource.open(url, folder, IMPATIENT, FetchListener.NONE);
  }

  private OverlaySource openPatiently(RawServer server) throws IOException {
    HttpPolicy patient =
        new HttpPolicy(
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            3,
            0);
    return HttpOverlaySource.open(server.url("/a"), folder, patient, FetchListener.NONE);
  }

  private void verify(OverlaySource source, int offset) {
    try {
      assertThat(read(source, offset, 1000))
          .isEqualTo(Arrays.copyOfRange(content, offset, offset + 1000));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] read(OverlaySource source, long offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    source.read(offset, buffer);
    assertThat(buffer.hasRemaining()).isFalse();
    return buffer.array();
  }

  private static RemoteFileException failure(ThrowingCallable call) {
    RemoteFileException error = catchThrowableOfType(RemoteFileException.class, call);
    assertThat(error).isNotNull();
    return error;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** Remembers what a listener heard. */
  private static final class Said implements FetchListener {
    private String url = "";
    private volatile long arrived;

    @Override
    public void withoutRanges(String from) {
      url = from;
    }

    @Override
    public void fetched(long bytes, long total) {
      arrived = bytes;
    }
  }
}
