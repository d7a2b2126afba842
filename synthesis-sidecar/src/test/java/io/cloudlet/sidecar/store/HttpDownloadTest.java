package io.cloudlet.sidecar.store;

import static io.cloudlet.sidecar.store.RawServer.head;
import static io.cloudlet.sidecar.store.RawServer.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HttpDownloadTest {
  private static final HttpPolicy POLICY =
      new HttpPolicy(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          2,
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          2,
          2);

  @TempDir Path folder;
  private final byte[] content = content();

  @Test
  void fetchesAllPartsUnderTheFinalName() throws Exception {
    try (RawServer server = new RawServer((request, out) -> range(request, out, content))) {
      fetch(server);
    }
    assertThat(target()).hasBinaryContent(content);
    assertThat(folder.toFile().list()).containsExactly("package");
  }

  @Test
  void goesOnWhereAFailedDownloadStopped() throws Exception {
    RawServer.Script breaking =
        (request, out) -> {
          if (request.first() >= 2L * DoneParts.PART) {
            head(out, "HTTP/1.1 404 Not Found", "Content-Length: 0");
          } else {
            range(request, out, content, "ETag: \"x\"");
          }
        };
    long[] before = new long[1];
    RawServer.Script[] script = {breaking};
    try (RawServer server = new RawServer((request, out) -> script[0].answer(request, out))) {
      assertThatThrownBy(() -> fetchOneByOne(server)).hasMessageContaining("404");
      assertThat(target()).doesNotExist();
      before[0] = server.requests.size();
      script[0] = (request, out) -> range(request, out, content, "ETag: \"x\"");
      fetch(server);
      assertThat(target()).hasBinaryContent(content);
      assertThat(server.requests.subList((int) before[0] + 1, server.requests.size()))
          .allMatch(request -> request.first() >= 2L * DoneParts.PART);
    }
  }

  @Test
  void leavesNothingWhenNothingCame() throws Exception {
    RawServer.Script refusing =
        (request, out) -> head(out, "HTTP/1.1 404 Not Found", "Content-Length: 0");
    try (RawServer server = new RawServer(refusing)) {
      assertThatThrownBy(() -> fetch(server)).hasMessageContaining("404");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsWhatIsNotCompleteInAPlaceOfItsOwn() throws Exception {
    Path place = folder.resolve("place");
    try (RawServer server =
        new RawServer((request, out) -> {
          assertThat(place.resolveSibling("place.download")).exists();
          range(request, out, content);
        })) {
      new HttpDownload(POLICY, HttpAccess.ANONYMOUS, FetchListener.NONE)
          .fetch(server.url("/p"), target(), place);
    }
    assertThat(folder.toFile().list()).containsExactly("package");
  }

  @Test
  void beginsAnewWhenTheFileIsAnotherOne() throws Exception {
    Files.writeString(folder.resolve("package.download.parts"), "parts of something else\n0.\n");
    Files.write(folder.resolve("package.download"), new byte[5 << 20]);
    try (RawServer server =
        new RawServer((request, out) -> range(request, out, content, "ETag: \"x\""))) {
      fetch(server);
    }
    assertThat(target()).hasBinaryContent(content);
  }

  @Test
  void fetchesTheWholeFileWhereThereAreNoRanges() throws Exception {
    RawServer.Script whole =
        (request, out) -> {
          head(out, "HTTP/1.1 200 OK");
          out.write(content);
        };
    try (RawServer server = new RawServer(whole)) {
      fetch(server);
    }
    assertThat(target()).hasBinaryContent(content);
    assertThat(folder.toFile().list()).containsExactly("package");
  }

  @Test
  void tellsOfARequestThatBroughtNothingBeforeTheNextOne() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    FetchListener listener =
        new FetchListener() {
          @Override
          public void failed(String url, String why) {
            told.add(url);
          }

          @Override
          public void fetched(long arrived, long total) {}
        };
    RawServer.Script hesitant =
        (request, out) -> {
          if (told.isEmpty()) {
            head(out, "HTTP/1.1 503 Busy", "Content-Length: 0");
          } else {
            range(request, out, content);
          }
        };
    try (RawServer server = new RawServer(hesitant)) {
      new HttpDownload(POLICY, HttpAccess.ANONYMOUS, listener).fetch(server.url("/p"), target());
      assertThat(told).containsExactly(server.url("/p").toString());
    }
    assertThat(target()).hasBinaryContent(content);
  }

  @Test
  void refusesATargetThatIsBeingFetched() throws Exception {
    Path partial = folder.resolve("package.download.parts");
    try (RawServer server = new RawServer((request, out) -> range(request, out, content));
        FileChannel other =
            FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(other.lock()).isNotNull();
      assertThatThrownBy(() -> fetch(server)).hasMessageContaining("being fetched already");
    }
  }

  private void fetch(RawServer server) throws IOException {
    new HttpDownload(POLICY, HttpAccess.ANONYMOUS, FetchListener.NONE)
        .fetch(server.url("/p"), target());
  }

  private void fetchOneByOne(RawServer server) throws IOException {
    HttpPolicy one =
        new HttpPolicy(
            POLICY.connectTimeout(),
            POLICY.stallTimeout(),
            1,
            POLICY.firstPause(),
            POLICY.longestPause(),
            1,
            0);
    new HttpDownload(one, HttpAccess.ANONYMOUS, FetchListener.NONE)
        .fetch(server.url("/p"), target());
  }

  private Path target() {
    return folder.resolve("package");
  }

  private static byte[] content() {
    byte[] bytes = new byte[3 * DoneParts.PART + 12345];
    new Random(2).nextBytes(bytes);
    return bytes;
  }
}
