package io.cloudlet.sidecar.store;

import static io.cloudlet.sidecar.store.RawServer.head;
import static io.cloudlet.sidecar.store.RawServer.range;
import static io.cloudlet.sidecar.store.RawServer.rangeHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HttpOverlaySourceTest {
  @TempDir Path folder;
  private DistantFile file;
  private byte[] content;

  @BeforeEach
  void makeAFile() {
    file = new DistantFile(folder);
    content = file.content();
  }

  @Test
  void readsByRanges() throws Exception {
    try (RawServer server = new RawServer((request, out) -> range(request, out, content));
        OverlaySource source = file.open(server)) {
      assertThat(source.length()).isEqualTo(content.length);
      assertThat(DistantFile.read(source, 1000, 5000))
          .isEqualTo(Arrays.copyOfRange(content, 1000, 6000));
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
        OverlaySource source = file.openPatiently(server)) {
      Stream.of(0, 50_000, 100_000, 150_000)
          .parallel()
          .map(offset -> Thread.ofVirtual().start(() -> file.verify(source, offset)))
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
        OverlaySource source = file.open(server)) {
      assertThat(DistantFile.read(source, 0, 200_000)).isEqualTo(Arrays.copyOf(content, 200_000));
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
        OverlaySource source = file.open(server)) {
      assertThat(DistantFile.read(source, 7, 100)).isEqualTo(Arrays.copyOfRange(content, 7, 107));
    }
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
        OverlaySource source =
            HttpOverlaySource.open(
                server.url("/a"), folder, DistantFile.IMPATIENT, HttpAccess.ANONYMOUS, said)) {
      assertThat(source.length()).isEqualTo(content.length);
      file.verify(source, 100_000);
      assertThat(said.url).isEqualTo(server.url("/a").toString());
      assertThat(source.describe()).isEqualTo(said.url);
      assertThat(said.arrived).isEqualTo(content.length);
    }
    assertThat(folder).isEmptyDirectory();
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
      OverlaySource source = file.openPatiently(server);
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
      assertThat(catchThrowableOfType(IOException.class, () -> DistantFile.read(source, 0, 100)))
          .hasMessageContaining("closed while it was read");
      closer.join();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
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
