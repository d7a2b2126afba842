package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.machine.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
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

  @Test
  void aPortOfAVmIsAskedOnce() throws Exception {
    DataDirectory data = DataDirectory.open(folder, "test");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Port port = new Port(server.getLocalPort(), 80);
      VmRecord vm = VmRegistryTest.starting().running(ProcessId.self(), List.of(port));
      Thread speaking = Thread.ofVirtual().start(() -> acceptAndSpeak(server));
      assertThat(GuestPort.of(data, vm, 80).answers()).isTrue();
      speaking.join();
      // It says nothing, and there is no QEMU that knows more.
      assertThat(GuestPort.of(data, vm, 80).answers()).isFalse();
      assertThatThrownBy(() -> GuestPort.of(data, vm, 81))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining("port 81 of VM web is not forwarded");
    }
  }

  private static void acceptAndSpeak(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write('x');
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static PortReadiness ready(int port, String network) {
    return new PortReadiness("127.0.0.1", new Port(port, 80), () -> new UserNetwork(network));
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
