package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.PinnedFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** The way to a VM's serial console. */
public final class ConsoleSocket {
  private ConsoleSocket() {}

  /**
   * Connects; the caller closes the channel. QEMU serves one client at a time: a second one hears
   * nothing until the first has left.
   *
   * @throws QemuGoneException when nobody listens
   */
  public static SocketChannel connect(VmFiles files) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try (PinnedFile there = PinnedFile.of(files.console())) {
      channel.connect(UnixDomainSocketAddress.of(there.path()));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new QemuGoneException(
          "no QEMU listens on " + files.console() + " (" + e.getMessage() + "); is the VM running?",
          e);
    }
  }
}
