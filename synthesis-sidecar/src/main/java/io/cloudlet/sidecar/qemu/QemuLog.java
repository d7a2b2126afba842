package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a QEMU has said.
 *
 * @param file its log, which need not be there
 */
record QemuLog(Path file) {
  private static final int MESSAGE_BYTES = 2000;

  /** The log of a QEMU of ours, by its control socket. */
  static QemuLog beside(Path socket) {
    return new QemuLog(socket.resolveSibling(VmFiles.LOG));
  }

  /** The end of it; empty when there is none. */
  String end() {
    try (FileChannel log =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer tail = ByteBuffer.allocate((int) Math.min(log.size(), MESSAGE_BYTES));
      log.position(log.size() - tail.capacity());
      while (tail.hasRemaining() && log.read(tail) >= 0) {}
      return StandardCharsets.UTF_8.decode(tail.flip()).toString().strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** For the message about a QEMU that has ended. */
  String lastWords() {
    String end = end();
    return end.isEmpty() ? "QEMU said nothing" : "QEMU's last words: " + end;
  }
}
