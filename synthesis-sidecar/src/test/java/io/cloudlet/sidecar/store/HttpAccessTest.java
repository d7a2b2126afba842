package io.cloudlet.sidecar.store;

import static io.cloudlet.sidecar.store.RawServer.head;
import static io.cloudlet.sidecar.store.RawServer.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials reach the server that they are for, and nobody else. */
class HttpAccessTest {
  private static final String SECRET = "c2VjcmV0LXRva2Vu";
  private static final byte[] CONTENT = "content".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final HttpPolicy POLICY =
      new HttpPolicy(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          2,
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          2,
          3);

  @TempDir private Path folder;

  @Test
  void showsTheTokenToTheServerThatItIsForAndToNoOther() throws Exception {
    try (RawServer other = new RawServer((request, out) -> range(request, out, CONTENT));
        RawServer own =
            new RawServer((request, out) -> {
              String location =
                  request.target().equals("/away") ? other.url("/x").toString() : "/y";
              if (request.target().equals("/y")) {
                range(request, out, CONTENT);
              } else {
                head(out, "HTTP/1.1 302 Found", "Location: " + location, "Content-Length: 0");
              }
            })) {
      HttpAccess access = tokenFor(own);
      fetch(own.url("/away"), access);
      fetch(own.url("/here"), access);
      fetch(other.url("/z"), access);
      assertThat(own.requests)
          .isNotEmpty()
          .allMatch(request -> request.header("Authorization").equals("Bearer " + SECRET));
      assertThat(other.requests)
          .hasSizeGreaterThan(3)
          .allMatch(request -> request.header("Authorization").isEmpty());
    }
  }

  @Test
  void aTokenDoesNotComeBackByWayOfAnotherServer() throws Exception {
    RawServer[] servers = new RawServer[2];
    RawServer.Script bounce =
        (request, out) -> {
          String back = servers[0].url("/back").toString();
          head(out, "HTTP/1.1 302 Found", "Location: " + back, "Content-Length: 0");
        };
    RawServer.Script first =
        (request, out) -> {
          String away = servers[1].url("/bounce").toString();
          if (request.target().equals("/back")) {
            range(request, out, CONTENT);
          } else {
            head(out, "HTTP/1.1 302 Found", "Location: " + away, "Content-Length: 0");
          }
        };
    try (RawServer own = new RawServer(first);
        RawServer other = new RawServer(bounce)) {
      servers[0] = own;
      servers[1] = other;
      fetch(own.url("/away"), tokenFor(own));
      assertThat(own.requests)
          .filteredOn(request -> request.target().equals("/back"))
          .isNotEmpty()
          .allMatch(request -> request.header("Authorization").isEmpty());
      assertThat(other.requests).allMatch(r -> r.header("Authorization").isEmpty());
    }
  }

  @Test
  void credentialsOfAUrlGoBeforeTokens() throws Exception {
    try (RawServer server = new RawServer((request, out) -> range(request, out, CONTENT))) {
      URI url = URI.create(server.url("/p").toString().replace("http://", "http://me:pw@"));
      fetch(url, tokenFor(server));
      assertThat(server.requests).allMatch(r -> r.header("Authorization").startsWith("Basic "));
    }
  }

  @Test
  void noErrorRepeatsAToken() throws Exception {
    try (RawServer server =
        new RawServer((_, out) -> head(out, "HTTP/1.1 401 No", "Content-Length: 0"))) {
      assertThatThrownBy(() -> fetch(server.url("/p"), tokenFor(server)))
          .isInstanceOf(RemoteFileException.class)
          .hasMessageContaining("asks for credentials")
          .hasMessageNotContaining(SECRET);
      HttpAccess broken = new HttpAccess(_ -> Optional.of(SECRET + "\nX: y"), Optional.empty());
      assertThatThrownBy(() -> fetch(server.url("/p"), broken))
          .hasMessageContaining("characters that no token has")
          .hasMessageNotContaining(SECRET);
      assertThat(broken.toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void trustsAnAuthorityAndShowsACertificate() throws Exception {
    Certificates certificates = new Certificates(folder.resolve("tls"));
    certificates.sign("server");
    certificates.sign("client");
    HttpsServer server = start(certificates.context("server"));
    try {
      URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/p");
      fetch(url, with(certificates.context("client")));
      // Whether the server's word about the certificate arrives before the end of the connection is
      // chance: in TLS 1.3 it comes when the client believes to be connected.
      assertThatThrownBy(() -> fetch(url, with(certificates.context())))
          .isInstanceOf(IOException.class)
          .message()
          .containsAnyOf("certificate", "received no bytes", "reset", "closed");
      assertThatThrownBy(() -> fetch(url, HttpAccess.ANONYMOUS))
          .hasMessageContaining("no valid TLS certificate");
    } finally {
      server.stop(0);
    }
  }

  private static HttpsServer start(SSLContext context) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
          }
        });
    server.start();
    return server;
  }

  private static HttpAccess with(SSLContext context) {
    return new HttpAccess(_ -> Optional.empty(), Optional.of(context));
  }

  private static HttpAccess tokenFor(RawServer server) {
    URI origin = URI.create(server.url("").toString());
    return new HttpAccess(
        asked -> asked.equals(origin) ? Optional.of(SECRET) : Optional.empty(), Optional.empty());
  }

  private void fetch(URI url, HttpAccess access) throws IOException {
    Path target = folder.resolve("fetched");
    new HttpDownload(POLICY, access, FetchListener.NONE).fetch(url, target);
    assertThat(target).hasBinaryContent(CONTENT);
  }
}
