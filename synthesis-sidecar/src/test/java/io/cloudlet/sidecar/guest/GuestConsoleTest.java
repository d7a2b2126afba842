package io.cloudlet.sidecar.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestConsoleTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private ServerSocketChannel server;
  private Process shell;
  private Path socket;

  /** A shell of this machine behind a socket, with an echo of what is typed as terminals have. */
  @BeforeEach
  void serve() throws IOException {
    socket = folder.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
    Thread.ofVirtual().start(this::connect);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    shell.destroyForcibly();
  }

  private void connect() {
    try (SocketChannel client = server.accept()) {
      Thread.ofVirtual().start(() -> typed(client));
      shell.getInputStream().transferTo(Channels.newOutputStream(client));
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void typed(SocketChannel client) {
    ByteBuffer buffer = ByteBuffer.allocate(1000);
    OutputStream keyboard = shell.getOutputStream();
    try {
      while (client.read(buffer.clear()) >= 0) {
        buffer.flip();
        client.write(buffer.duplicate());
        keyboard.write(buffer.array(), 0, buffer.limit());
        keyboard.flush();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void returnsWhatALinePrints() throws IOException {
    try (GuestConsole console = GuestConsole.open(socket)) {
      assertThat(console.run("echo $((6 * 7))", PATIENCE)).contains("42\n");
      assertThat(console.run("echo again", PATIENCE)).contains("again\n").doesNotContain("42");
    }
  }

  @Test
  void failureShowsCodeAndOutput() throws IOException {
    try (GuestConsole console = GuestConsole.open(socket)) {
      assertThatExceptionOfType(CloudletException.class)
          .isThrownBy(() -> console.run("echo broken; (exit 9)", PATIENCE))
          .withMessageContaining("code 9")
          .withMessageContaining("broken");
    }
  }

  @Test
  void doesNotWaitForever() throws IOException {
    try (GuestConsole console = GuestConsole.open(socket)) {
      assertThatExceptionOfType(CloudletException.class)
          .isThrownBy(() -> console.run("sleep 600", Duration.ofMillis(50)))
          .withMessageContaining("did not end");
    }
  }

  @Test
  void aGuestThatEndsEndsTheCall() throws IOException {
    try (GuestConsole console = GuestConsole.open(socket)) {
      assertThatExceptionOfType(CloudletException.class)
          .isThrownBy(() -> console.run("exit", PATIENCE))
          .withMessageContaining("closed");
    }
  }
}
