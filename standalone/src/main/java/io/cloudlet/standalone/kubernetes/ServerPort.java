package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A port of this host that is chosen once and kept in a file.
 *
 * @param file holds the number
 * @param say hears of it when the number has to change
 */
public record ServerPort(Path file, Consumer<String> say) {
  /** Below what the kernel gives to connections that go out. */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;
  private static final int TRIES = 200;

  /** The port of before; another one when there is none, or another program listens there. */
  public int choose() throws IOException {
    int before = kept();
    if (before > 0 && isFree(before)) {
      return before;
    }
    int port = free();
    if (before > 0) {
      say.accept("port " + before + " is taken by another program; it is " + port + " now");
    }
    new SecretFile(file).write(port + "\n");
    return port;
  }

  private int kept() throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    String text = Files.readString(file).strip();
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
  }

  private static int free() throws CloudletException {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new CloudletException(
        "no port between " + FIRST + " and " + LAST + " of 127.0.0.1 is free; end some programs");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // As servers do: what waits for late packets is no hindrance.
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
