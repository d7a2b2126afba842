package io.cloudlet.sidecar.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.store.FetchListener;
import io.cloudlet.sidecar.store.HttpAccess;
import io.cloudlet.sidecar.store.HttpOverlaySource;
import io.cloudlet.sidecar.store.HttpPolicy;
import io.cloudlet.sidecar.store.OverlaySource;
import io.cloudlet.sidecar.store.OverlaySources;
import io.cloudlet.sidecar.store.RemoteFileException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An overlay that is synthesised while it comes from a server. */
@Timeout(60)
class HttpSynthesisTest {
  private static final HttpPolicy POLICY =
      new HttpPolicy(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          2,
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          3,
          0);

  @TempDir Path folder;
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private byte[] overlay = {};
  private SyntheticState state;
  private boolean ranges = true;

  @BeforeEach
  void serve() throws IOException {
    state = new SyntheticState(folder, 11, 3000);
    overlay = Files.readAllBytes(state.overlay());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.close();
  }

  @Test
  void decodesWhatIsFetchedByRanges() throws IOException {
    Path disk = synthesize();
    assertThat(disk).hasBinaryContent(state.changed.get(SyntheticState.DISK));
  }

  @Test
  void decodesWhatAServerWithoutRangesSends() throws IOException {
    ranges = false;
    Path disk = synthesize();
    assertThat(disk).hasBinaryContent(state.changed.get(SyntheticState.DISK));
  }

  @Test
  void leavesNothingWhenTheServerGoesAway() throws IOException {
    left.set(12);
    assertThatThrownBy(() ->
            synthesize(
                HttpOverlaySource.open(
                    url(), folder, POLICY, HttpAccess.ANONYMOUS, FetchListener.NONE)))
        .isInstanceOf(RemoteFileException.class)
        .hasMessageContaining("/state.overlay at byte");
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }

  private Path synthesize() throws IOException {
    OverlaySources sources =
        new OverlaySources(folder, POLICY, HttpAccess.ANONYMOUS, FetchListener.NONE);
    return synthesize(sources.open(url().toString()));
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/state.overlay");
  }

  private Path synthesize(OverlaySource source) throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    try (OverlayReader reader = OverlayReader.open(source);
        BaseImages base = BaseImages.open(reader.manifest(), state::base)) {
      Path disk = out.resolve("disk");
      new FlatSynthesis(new SynthesisLimits(2, 1 << 20, 3), SynthesisListener.NONE)
          .write(reader, base, Map.of(SyntheticState.DISK, disk), Durability.CACHE);
      return disk;
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (left.getAndDecrement() <= 0) {
        exchange.sendResponseHeaders(500, -1);
        return;
      }
      int first = 0;
      int last = overlay.length - 1;
      int status = 200;
      if (ranges) {
        String[] range = exchange.getRequestHeaders().getFirst("Range").split("[=-]", 3);
        first = Integer.parseInt(range[1]);
        last = Integer.parseInt(range[2]);
        status = 206;
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + first + "-" + last + "/" + overlay.length);
      }
      exchange.sendResponseHeaders(status, last - first + 1L);
      exchange.getResponseBody().write(overlay, first, last - first + 1);
    }
  }
}
