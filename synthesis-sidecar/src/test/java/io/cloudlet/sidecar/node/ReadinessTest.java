package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.machine.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {
  @TempDir Path folder;

  @Test
  void findsAPatternThatArrivesInPieces() throws Exception {
    Path log = folder.resolve("console.log");
    ConsoleReadiness ready = new ConsoleReadiness(log, Pattern.compile("^login: $"));
    assertThat(ready.isThere()).isFalse();
    Files.writeString(log, "booting\nlog");
    assertThat(ready.isThere()).isFalse();
    Files.writeString(log, "in: ", StandardOpenOption.APPEND);
    assertThat(ready.isThere()).isTrue();
  }

  @Test
  void keepsOnlyTheEndOfALongOutput() throws Exception {
    Path log = folder.resolve("console.log");
    Files.writeString(log, "x".repeat(1 << 20));
    ConsoleReadiness ready = new ConsoleReadiness(log, Pattern.compile("xready"));
    assertThat(ready.isThere()).isFalse();
    Files.writeString(log, "ready", StandardOpenOption.APPEND);
    assertThat(ready.isThere()).isTrue();
  }

  @Test
  void aSilentPortAnswersWhenTheGuestHasAcceptedTheConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      String row = "  TCP[%s]  13       127.0.0.1 %d       10.0.2.15    80     0     0\n";
      assertThat(ready(port, row.formatted("ESTABLISHED", port)).isThere()).isTrue();
      assertThat(ready(port, row.formatted("SYN_SENT", port)).isThere()).isFalse();
      assertThat(ready(port, row.formatted("ESTABLISHED", 1)).isThere()).isFalse();
    }
  }

  @Test
  void aPortDoesNotAnswerWhenItIsClosedAtOnce() throws Exception {
    int closed;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      closed = server.getLocalPort();
      Thread refusing = Thread.ofVirtual().start(() -> acceptAndClose(server));
      assertThat(ready(closed, "").isThere()).isFalse();
      refusing.join();
    }
    assertThat(ready(closed, "").isThere()).isFalse();
  }

  private static PortReadiness ready(int port, String network) {
    return new PortReadiness(new Port(port, 80), () -> new UserNetwork(network));
  }

  private static void acceptAndClose(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aDelayEnds() {
    assertThat(new DelayReadiness(Duration.ZERO).isThere()).isTrue();
    assertThat(new DelayReadiness(Duration.ofDays(1)).isThere()).isFalse();
  }
}
