package io.cloudlet.sidecar.guest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A guest in a QEMU of its own, without anything of the engine; what it writes is thrown away. */
final class PlainQemu implements AutoCloseable {
  private final Process process;
  private final List<String> console = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final int port;

  PlainQemu(GuestImage image) throws IOException {
    port = freePort();
    process =
        new ProcessBuilder(
                "qemu-system-x86_64",
                "-nodefaults",
                "-display",
                "none",
                "-machine",
                "q35",
                "-cpu",
                "qemu64",
                "-accel",
                "tcg",
                "-m",
                image.memoryBytes() + "B",
                "-kernel",
                image.kernel().toString(),
                "-initrd",
                image.initrd().toString(),
                "-append",
                image.append(),
                "-drive",
                "if=virtio,format=raw,snapshot=on,file=" + image.disk(),
                "-netdev",
                "user,id=net,hostfwd=tcp:127.0.0.1:" + port + "-:" + image.port(),
                "-device",
                "virtio-net-pci,netdev=net",
                "-device",
                "virtio-balloon-pci,free-page-reporting=on",
                "-serial",
                "stdio")
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .start();
    Thread.ofVirtual().start(() -> readConsole(image));
  }

  /** The port of this host that leads to the guest's. */
  int port() {
    return port;
  }

  /** What the serial console has said so far, and QEMU's own messages. */
  String console() {
    return String.join("\n", console);
  }

  void awaitReady(long seconds) throws Exception {
    ready.get(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void readConsole(GuestImage image) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        console.add(line);
        if (image.ready().matcher(line).find()) {
          ready.complete(null);
        }
      }
    } catch (IOException e) {
      // The process was ended.
    }
    ready.completeExceptionally(new IOException("QEMU ended:\n" + console()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
