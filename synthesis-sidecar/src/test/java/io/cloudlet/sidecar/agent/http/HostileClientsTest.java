package io.cloudlet.sidecar.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.agent.http.RawRequest.Answer;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever clients do, the next one gets its file. */
class HostileClientsTest {
  /** More than all buffers between server and client hold. */
  private static final long LENGTH = 64L << 20;

  private static final Digest NAME = Digest.sha256(new byte[] {1});
  private static final String PATH = "/v1/overlays/" + NAME.hex();
  private static final int ANSWERS = 2;

  @TempDir private Path folder;
  private ContentServer server;
  private RawRequest client;

  @BeforeEach
  void start() throws IOException {
    Path file = folder.resolve("file");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(LENGTH);
    }
    Content content = new Content(file, NAME);
    server =
        ContentServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            digest -> digest.equals(NAME) ? Optional.of(content) : Optional.empty(),
            _ -> Optional.empty(),
            ServerAccess.EVERYBODY,
            new ServerLimits(ANSWERS, Duration.ofMillis(300)));
    client = new RawRequest(server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void clientsThatDoNotReadMakeRoomForOthers() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < ANSWERS; i++) {
        slow.add(request());
      }
      awaitAnswer();
      assertThat(server.sentBytes()).isLessThan(LENGTH);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void clientsThatVanishMakeRoomForOthers() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = request()) {
        assertThat(socket.getInputStream().readNBytes(100)).hasSize(100);
        socket.setSoLinger(true, 0);
      }
    }
    awaitAnswer();
  }

  @Test
  void tellsWhoComesTooOftenToComeAgain() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < ANSWERS; i++) {
        Socket socket = request();
        slow.add(socket);
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      Answer answer = small();
      assertThat(answer.status()).isIn(206, 503);
      if (answer.status() == 503) {
        assertThat(answer.header("Retry-After")).isEqualTo("1");
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    awaitAnswer();
  }

  @Test
  void survivesWhatIsNoRequest() throws Exception {
    Random random = new Random(42);
    String good =
        "GET " + PATH + " HTTP/1.1\r\nHost: x\r\nRange: bytes=0-9\r\nConnection: close\r\n\r\n";
    for (int i = 0; i < 300; i++) {
      byte[] bytes = good.getBytes(StandardCharsets.ISO_8859_1);
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      byte[] sent = Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1);
      Answer answer = client.send(random.nextBoolean() ? bytes : sent);
      assertThat(answer.status()).isNotEqualTo(500);
    }
    awaitAnswer();
  }

  @Test
  void survivesLongHeadersAndPaths() throws Exception {
    assertThat(client.send("GET", PATH, "X: " + "x".repeat(1 << 20)).status()).isNotEqualTo(206);
    assertThat(client.send("GET", "/" + "x".repeat(1 << 20)).status()).isNotEqualTo(200);
    String[] many = new String[5000];
    Arrays.setAll(many, i -> "X" + i + ": y");
    assertThat(client.send("GET", PATH, many).status()).isNotEqualTo(206);
    String list = "If-None-Match: " + "\"a\",".repeat(2000);
    assertThat(client.send("GET", PATH, list, "Range: bytes=0-0").status()).isEqualTo(206);
    awaitAnswer();
  }

  private Socket request() throws IOException {
    Socket socket = client.open();
    String text = "GET " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private Answer small() throws IOException {
    return client.send("GET", PATH, "Range: bytes=0-9");
  }

  /** Not at once: those who are served have their time. */
  private void awaitAnswer() throws Exception {
    Answer answer = small();
    for (int i = 0; i < 200 && answer.status() == 503; i++) {
      Thread.sleep(50);
      answer = small();
    }
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.body()).hasSize(10);
  }
}
