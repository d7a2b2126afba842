package io.cloudlet.sidecar.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.agent.http.RawRequest.Answer;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentServerTest {
  private static final int LENGTH = 300_000;
  private static final Digest NAME = Digest.sha256(new byte[] {1});
  private static final Digest UNFINISHED = Digest.sha256(new byte[] {2});
  private static final Digest VANISHED = Digest.sha256(new byte[] {3});
  private static final Digest BROKEN = Digest.sha256(new byte[] {4});

  @TempDir private Path folder;
  private final byte[] bytes = new byte[LENGTH];
  private ContentServer server;
  private RawRequest client;
  private String etag;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve("file"), bytes);
    Content content = new Content(file, Digest.sha256(bytes));
    etag = content.etag();
    Contents overlays = digest -> find(digest, content);
    server =
        ContentServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            overlays,
            _ -> Optional.empty(),
            ServerAccess.EVERYBODY,
            ServerLimits.DEFAULT);
    client = new RawRequest(server.address());
  }

  private Optional<Content> find(Digest digest, Content content) throws IOException {
    if (digest.equals(UNFINISHED)) {
      throw new NotReadyException("it", Duration.ofSeconds(7));
    }
    if (digest.equals(VANISHED)) {
      return Optional.of(new Content(folder.resolve("gone"), digest));
    }
    if (digest.equals(BROKEN)) {
      throw new IOException("a secret path");
    }
    return digest.equals(NAME) ? Optional.of(content) : Optional.empty();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesAWholeFile() throws Exception {
    Answer answer = get();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(bytes);
    assertThat(answer.header("Content-Length")).isEqualTo("" + LENGTH);
    assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(answer.header("ETag")).isEqualTo(etag);
    assertThat(server.sentBytes()).isEqualTo(LENGTH);
  }

  @Test
  void givesAHeadAlone() throws Exception {
    Answer answer = client.send("HEAD", path(NAME), "Range: bytes=0-1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("" + LENGTH);
    assertThat(answer.header("ETag")).isEqualTo(etag);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-, 0, 300000",
    "Bytes=10-19, 10, 10",
    "bytes=299999-, 299999, 1",
    "bytes=299990-999999999999999999999, 299990, 10",
    "bytes=-1, 299999, 1",
    "bytes=-999999999, 0, 300000",
    "bytes=0000000000000000000000010-11, 10, 2",
    "bytes= 5-6, 5, 2"
  })
  void givesARange(String header, int first, int length) throws Exception {
    Answer answer = get("Range: " + header);
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.header("Content-Range"))
        .isEqualTo("bytes " + first + "-" + (first + length - 1) + "/" + LENGTH);
    assertThat(answer.header("Content-Length")).isEqualTo("" + length);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes, first, first + length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=300000-", "bytes=-0", "bytes=99999999999999999999-"})
  void refusesARangeBehindTheEnd(String header) throws Exception {
    Answer answer = get("Range: " + header);
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.header("Content-Range")).isEqualTo("bytes */" + LENGTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=0-1,5-6",
        "bytes=a-b",
        "bytes=1-2-3",
        "items=0-1",
        "bytes 0-1",
        "bytes=--1",
        "bytes=+1-2",
        "bytes=0x1-2",
        "bytes=1 - 2"
      })
  void ignoresWhatIsNotOneRange(String header) throws Exception {
    Answer answer = get("Range: " + header);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).hasSize(LENGTH);
  }

  @Test
  void ignoresTwoRangeHeaders() throws Exception {
    assertThat(get("Range: bytes=0-1", "Range: bytes=5-6").status()).isEqualTo(200);
  }

  @Test
  void knowsWhichVersionTheClientMeans() throws Exception {
    String other = '"' + VANISHED.hex() + '"';
    String range = "Range: bytes=0-9";
    assertThat(get(range, "If-Range: " + etag).status()).isEqualTo(206);
    for (String stale : List.of(other, "W/" + etag, "Sun, 22 Nov 2026 10:00:00 GMT", "*")) {
      assertThat(get(range, "If-Range: " + stale).status()).as(stale).isEqualTo(200);
    }
    for (String known : List.of(etag, "W/" + etag, "*", other + ", " + etag)) {
      Answer answer = get("If-None-Match: " + known);
      assertThat(answer.status()).as(known).isEqualTo(304);
      assertThat(answer.header("ETag")).isEqualTo(etag);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(get("If-None-Match: " + other).status()).isEqualTo(200);
    assertThat(get("If-Match: " + other).status()).isEqualTo(412);
    assertThat(get("If-Match: W/" + etag).status()).isEqualTo(412);
    assertThat(get("If-Match: " + etag, range).status()).isEqualTo(206);
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    String hex = NAME.hex();
    List<String> wrong =
        List.of(
            path(Digest.sha256(new byte[9])),
            path(VANISHED),
            "/v1/bases/" + hex,
            "/v1/others/" + hex,
            "/v1/overlays/" + hex.toUpperCase(Locale.ROOT),
            "/v1/overlays/" + hex + "/",
            "/v1/overlays/" + hex + "/..",
            "/v1/overlays/../overlays/" + hex,
            "/v1/overlays/%2e%2e/" + hex,
            "/v1/overlays/" + hex.substring(1),
            "/v1/overlays/..%2f..%2f..%2fetc%2fpasswd",
            "//v1/overlays/" + hex,
            "/",
            "*");
    for (String path : wrong) {
      Answer answer = client.send("GET", path);
      assertThat(answer.status()).as(path).isIn(400, 404);
      assertThat(answer.text()).doesNotContain(folder.toString());
    }
    Answer answer = client.send("GET", path(VANISHED));
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text()).isEqualTo("{\"error\": \"" + VANISHED + " is not here\"}\n");
  }

  @Test
  void isReadOnly() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "GETS")) {
      Answer answer = client.send(method, path(NAME), "Content-Length: 0");
      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  void asksForPatienceAndHidesItsOwnTrouble() throws Exception {
    Answer answer = client.send("GET", path(UNFINISHED));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("7");
    Answer broken = client.send("GET", path(BROKEN));
    assertThat(broken.status()).isEqualTo(500);
    assertThat(broken.text()).doesNotContain("secret");
  }

  private Answer get(String... headers) throws IOException {
    return client.send("GET", path(NAME), headers);
  }

  private static String path(Digest digest) {
    return "/v1/overlays/" + digest.hex();
  }
}
