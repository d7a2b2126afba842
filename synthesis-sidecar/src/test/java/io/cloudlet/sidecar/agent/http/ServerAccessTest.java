package io.cloudlet.sidecar.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.agent.http.RawRequest.Answer;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.store.Certificates;
import io.cloudlet.sidecar.store.FetchListener;
import io.cloudlet.sidecar.store.HttpAccess;
import io.cloudlet.sidecar.store.HttpDownload;
import io.cloudlet.sidecar.store.HttpPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerAccessTest {
  private static final Digest NAME = Digest.sha256(new byte[] {1});
  private static final HttpPolicy POLICY =
      new HttpPolicy(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          2,
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          1,
          0);
  private static final String PATH = "/v1/overlays/" + NAME.hex();

  @TempDir private Path folder;

  @Test
  void letsInWhoShowsAToken() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "first-token\n");
    TokenFile tokens = new TokenFile(file);
    try (ContentServer server = start(new ServerAccess(Optional.of(tokens), Optional.empty()))) {
      RawRequest client = new RawRequest(server.address());
      assertThat(client.send("GET", PATH, "Authorization: Bearer first-token").status())
          .isEqualTo(200);
      assertThat(client.send("GET", PATH, "authorization: bearer first-token").status())
          .isEqualTo(200);
      for (String wrong : new String[] {"Bearer first", "Bearer ", "Basic first-token", "x"}) {
        Answer answer = client.send("GET", PATH, "Authorization: " + wrong);
        assertThat(answer.status()).as(wrong).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.text()).startsWith("{\"error\": \"a bearer token is needed");
      }
      // Who has no token does not learn what is there.
      assertThat(client.send("GET", "/v1/overlays/x").status()).isEqualTo(401);
      assertThat(client.send("DELETE", PATH).status()).isEqualTo(401);

      replace(file, "second-token\nfirst-token\n");
      assertThat(tokens.token()).isEqualTo("second-token");
      assertThat(status(client, "first-token")).isEqualTo(200);
      assertThat(status(client, "second-token")).isEqualTo(200);
      replace(file, "second-token\n");
      assertThat(status(client, "first-token")).isEqualTo(401);
      replace(file, "\n");
      assertThat(status(client, "")).isEqualTo(401);
      Files.delete(file);
      assertThat(status(client, "second-token")).isEqualTo(401);
    }
  }

  private static int status(RawRequest client, String token) throws IOException {
    return client.send("GET", PATH, "Authorization: Bearer " + token).status();
  }

  private void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void letsInWhoHasACertificateOfTheAuthority() throws Exception {
    Certificates certificates = new Certificates(folder.resolve("tls"));
    certificates.sign("server");
    certificates.sign("client");
    Certificates others = new Certificates(folder.resolve("others"));
    others.sign("stranger");
    Path token = Files.writeString(folder.resolve("token"), "a-token\n");
    TlsFiles own = files(certificates, "server");
    ServerAccess both = new ServerAccess(Optional.of(new TokenFile(token)), Optional.of(own));
    try (ContentServer server = start(both)) {
      URI url = URI.create("https://127.0.0.1:" + server.address().getPort() + PATH);
      TlsFiles client = files(certificates, "client");
      HttpAccess access =
          new HttpAccess(
              _ -> Optional.of(new TokenFile(token).token()), Optional.of(client.client()));
      fetch(url, access);
      HttpAccess noToken = new HttpAccess(_ -> Optional.empty(), access.tls());
      assertThatThrownBy(() -> fetch(url, noToken)).hasMessageContaining("credentials");
      Optional<Path> authority = Optional.of(certificates.authority());
      HttpAccess noCertificate =
          new HttpAccess(
              access.tokens(), Optional.of(TlsFiles.client(Optional.empty(), authority)));
      assertThatThrownBy(() -> fetch(url, noCertificate)).isInstanceOf(CloudletException.class);
      TlsFiles stranger =
          new TlsFiles(others.certificate("stranger"), others.key("stranger"), authority);
      HttpAccess wrong = new HttpAccess(access.tokens(), Optional.of(stranger.client()));
      assertThatThrownBy(() -> fetch(url, wrong)).isInstanceOf(CloudletException.class);
      assertThatThrownBy(() -> fetch(url, HttpAccess.ANONYMOUS))
          .hasMessageContaining("no valid TLS certificate");
    }
  }

  @Test
  void namesTheFileThatCannotBeUsed() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
    for (Path key : new Path[] {empty, folder.resolve("missing.pem")}) {
      TlsFiles files = new TlsFiles(empty, key, Optional.empty());
      assertThatThrownBy(() -> start(new ServerAccess(Optional.empty(), Optional.of(files))))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining(".pem");
    }
    try (ContentServer server = start(ServerAccess.EVERYBODY)) {
      assertThatThrownBy(() -> start(ServerAccess.EVERYBODY, server.address()))
          .hasMessageContaining("choose another port");
    }
  }

  private static TlsFiles files(Certificates certificates, String alias) throws Exception {
    return new TlsFiles(
        certificates.certificate(alias),
        certificates.key(alias),
        Optional.of(certificates.authority()));
  }

  private void fetch(URI url, HttpAccess access) throws IOException {
    new HttpDownload(POLICY, access, FetchListener.NONE).fetch(url, folder.resolve("fetched"));
    assertThat(folder.resolve("fetched")).hasContent("content");
  }

  private ContentServer start(ServerAccess access) throws IOException {
    return start(access, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private ContentServer start(ServerAccess access, InetSocketAddress address) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "content");
    Content content = new Content(file, NAME);
    return ContentServer.start(
        address,
        digest -> digest.equals(NAME) ? Optional.of(content) : Optional.empty(),
        _ -> Optional.empty(),
        access,
        ServerLimits.DEFAULT);
  }
}
