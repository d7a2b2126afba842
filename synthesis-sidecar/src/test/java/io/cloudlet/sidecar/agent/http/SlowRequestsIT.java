package io.cloudlet.sidecar.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A request that never ends is given up; in a process of its own, as the JDK's limits are for all.
 */
class SlowRequestsIT {
  /** The server. */
  static final class Serving {
    private Serving() {}

    public static void main(String[] arguments) throws Exception {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      try (ContentServer server =
          ContentServer.start(
              any,
              _ -> Optional.empty(),
              _ -> Optional.empty(),
              ServerAccess.EVERYBODY,
              ServerLimits.DEFAULT)) {
        System.out.println(server.address().getPort());
        System.in.read();
      }
    }
  }

  @Test
  void isGivenUp() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsun.net.httpserver.maxReqTime=1",
                "-cp",
                System.getProperty("java.class.path"),
                Serving.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      int port = Integer.parseInt(process.inputReader().readLine());
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      RawRequest client = new RawRequest(address);
      try (Socket slow = client.open()) {
        slow.getOutputStream().write("GET / HTTP/1.1\r\nX".getBytes(StandardCharsets.US_ASCII));
        assertThat(isEnded(slow)).isTrue();
      }
      assertThat(client.send("GET", "/", "X: " + "x".repeat(20_000)).status()).isNotEqualTo(404);
      assertThat(client.send("GET", "/").status()).isEqualTo(404);
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Waits until the server hangs up, with or without an answer. */
  private static boolean isEnded(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }
}
