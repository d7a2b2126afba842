package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.store.HttpAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchImageTest {
  private static final int PART = 4 << 20;

  @TempDir private Path folder;
  private final byte[] content = content();
  private final List<Integer> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int refusedFrom = Integer.MAX_VALUE;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void fetchesWhatHasTheDigest() throws Exception {
    DataDirectory data = DataDirectory.open(folder, "test");
    try (FetchedFile file = fetch(data, Digest.sha256(content))) {
      assertThat(file.path()).hasBinaryContent(content);
    }
    assertThat(data.temporary()).isEmptyDirectory();
  }

  @Test
  void refusesWhatHasAnotherDigestAndKeepsNothing() throws Exception {
    DataDirectory data = DataDirectory.open(folder, "test");
    Digest wanted = Digest.sha256(new byte[1]);
    assertThatThrownBy(() -> fetch(data, wanted).close())
        .isInstanceOfSatisfying(
            WrongDigestException.class,
            e -> {
              assertThat(e.wanted()).isEqualTo(wanted);
              assertThat(e.found()).isEqualTo(Digest.sha256(content));
            })
        .hasMessageContaining("/disk.qcow2 has the digest " + Digest.sha256(content));
    assertThat(data.temporary()).isEmptyDirectory();
  }

  @Test
  void goesOnWithWhatAFailedFetchHasBrought() throws Exception {
    DataDirectory data = DataDirectory.open(folder, "test");
    refusedFrom = 2 * PART;
    assertThatThrownBy(() -> fetch(data, Digest.sha256(content)).close())
        .hasMessageContaining("404");
    Leftovers.clear(data);
    refusedFrom = Integer.MAX_VALUE;
    asked.clear();
    try (FetchedFile file = fetch(data, Digest.sha256(content))) {
      assertThat(file.path()).hasBinaryContent(content);
    }
    // The first byte is the question whether there are ranges; a slow machine asks again.
    assertThat(asked.stream().filter(first -> first > 0 && first < 2 * PART).distinct())
        .hasSizeLessThan(2);
  }

  private FetchedFile fetch(DataDirectory data, Digest digest) throws IOException {
    URI url =
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/disk.qcow2?secret=1");
    return new FetchImage(data, HttpAccess.ANONYMOUS, Progress.SILENT).run(url, digest);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] range =
          exchange.getRequestHeaders().getFirst("Range").substring("bytes=".length()).split("-", 2);
      int first = Integer.parseInt(range[0]);
      int last = Integer.parseInt(range[1]);
      asked.add(first);
      if (first >= refusedFrom) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String all = "bytes " + first + "-" + last + "/" + content.length;
      exchange.getResponseHeaders().set("Content-Range", all);
      exchange.getResponseHeaders().set("ETag", "\"x\"");
      exchange.sendResponseHeaders(206, last - first + 1L);
      exchange.getResponseBody().write(content, first, last - first + 1);
    }
  }

  private static byte[] content() {
    byte[] bytes = new byte[3 * PART + 777];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
