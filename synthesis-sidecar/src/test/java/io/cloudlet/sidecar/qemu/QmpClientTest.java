package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QmpClientTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir private Path folder;

  @Test
  void runsCommands() throws IOException {
    try (FakeQmpServer server = serve(line -> "{\"return\": {\"running\": true}, \"id\": $ID}");
        QmpClient client = QmpClient.connect(socket(), LONG)) {
      JsonNode status = client.execute("query-status", Map.of("a", 1));

      assertThat(status.path("running").asBoolean()).isTrue();
      assertThat(client.version()).isEqualTo(new QemuVersion(9, 2, 1));
      assertThat(server.received.getLast())
          .isEqualTo("{\"execute\":\"query-status\",\"arguments\":{\"a\":1},\"id\":2}");
    }
  }

  @Test
  void showsWhatQemuSays() throws IOException {
    String refusal =
        "{\"error\": {\"class\": \"GenericError\", \"desc\": \"No space\"}, \"id\": $ID}";
    try (FakeQmpServer server = serve(line -> refusal);
        QmpClient client = QmpClient.connect(socket(), LONG)) {
      assertThatThrownBy(() -> client.execute("cont"))
          .isInstanceOf(QmpException.class)
          .hasMessage("QEMU refused cont: No space");
      assertThat(server.received).hasSize(2);
    }
  }

  @Test
  void keepsEventsApartFromReplies() throws Exception {
    String answer =
        """
        {"event": "STOP", "timestamp": {}}
        {"event": "JOB_STATUS_CHANGE", "data": {"status": "ready"}}
        {"return": {}, "id": 99}
        {"return": 5, "id": $ID}\
        """;
    try (FakeQmpServer server = serve(line -> answer);
        QmpClient client = QmpClient.connect(socket(), LONG);
        QmpEvents events = client.events("JOB_STATUS_CHANGE")) {
      assertThat(client.execute("x").asInt()).isEqualTo(5);
      assertThat(events.next(LONG).orElseThrow().at("/data/status").asText()).isEqualTo("ready");
      assertThat(events.next(Duration.ZERO)).isEmpty();
      assertThat(server.received).hasSize(2);
    }
  }

  @Test
  void givesUpOnACommandAndGoesOn() throws IOException {
    try (FakeQmpServer server =
            serve(line -> line.contains("slow") ? "{\"event\": \"X\"}" : FakeQmpServer.ok(line));
        QmpClient client = QmpClient.connect(socket(), LONG)) {
      assertThatThrownBy(() -> client.execute("slow", Map.of(), SHORT))
          .isInstanceOf(QemuTimeoutException.class)
          .hasMessageContaining("did not answer slow within 50 ms");
      assertThat(client.execute("quick").isObject()).isTrue();
      assertThat(server.received).hasSize(3);
    }
  }

  @Test
  void threadsThatAreInterruptedLeaveTheConnectionToOthers() throws Exception {
    try (FakeQmpServer server = serve(FakeQmpServer::ok);
        QmpClient client = QmpClient.connect(socket(), LONG)) {
      for (int i = 0; i < 200; i++) {
        Thread busy = Thread.ofVirtual().start(() -> executeUntilInterrupted(client));
        while (busy.isAlive() && server.received.size() < 3 * i) {
          Thread.onSpinWait();
        }
        busy.interrupt();
        busy.join();
      }
      assertThat(client.execute("query-status").isObject()).isTrue();
    }
  }

  private static void executeUntilInterrupted(QmpClient client) {
    try {
      while (true) {
        client.execute("query-status");
      }
    } catch (InterruptedIOException e) {
      // That is how it ends.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void saysThatQemuIsGone() throws IOException {
    try (FakeQmpServer server = serve(line -> "");
        QmpClient client = QmpClient.connect(socket(), LONG)) {
      assertThatThrownBy(() -> client.execute("migrate")).isInstanceOf(QemuGoneException.class);
      assertThatThrownBy(() -> client.execute("cont")).isInstanceOf(QemuGoneException.class);
      assertThat(server.received).hasSize(2);
    }
  }

  @Test
  void saysThatNobodyListens() {
    assertThatThrownBy(() -> QmpClient.connect(socket(), LONG))
        .isInstanceOf(QemuGoneException.class)
        .hasMessageContaining("is the VM running?");
  }

  @Test
  void saysThatNobodyGreets() throws IOException {
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket()));
      assertThatThrownBy(() -> QmpClient.connect(socket(), SHORT))
          .isInstanceOf(QemuTimeoutException.class)
          .hasMessageContaining("is another program connected to it?");
    }
  }

  @Test
  void refusesWhoDoesNotSpeakQmp() throws IOException {
    try (FakeQmpServer server = new FakeQmpServer(socket(), "{}", FakeQmpServer::ok)) {
      assertThatThrownBy(() -> QmpClient.connect(socket(), LONG))
          .hasMessageContaining("does not speak QMP");
      assertThat(server.received).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNoJson() throws IOException {
    try (FakeQmpServer server = serve(line -> "{\"return\":");
        QmpClient client = QmpClient.connect(socket(), LONG)) {
      assertThatThrownBy(() -> client.execute("x")).isInstanceOf(QemuGoneException.class);
      assertThat(server.received).hasSize(2);
    }
  }

  @Test
  void reachesSocketsWithLongPaths() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("d".repeat(100)).resolve("e".repeat(100)));
    Path socket = deep.resolve("qmp.sock");
    try (FakeQmpServer server =
            new FakeQmpServer(socket, FakeQmpServer.GREETING, FakeQmpServer::ok);
        QmpClient client = QmpClient.connect(socket, LONG)) {
      assertThat(client.execute("query-status").isObject()).isTrue();
      assertThat(server.received).hasSize(2);
    }
  }

  private Path socket() {
    return folder.resolve("qmp.sock");
  }

  private FakeQmpServer serve(Function<String, String> answer) throws IOException {
    return new FakeQmpServer(socket(), FakeQmpServer.GREETING, answer);
  }
}
