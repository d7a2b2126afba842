package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.PinnedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a QEMU has said.
 *
 * @param file its log, which need not be there
 */
public record QemuLog(Path file) {
  private static final int MESSAGE_BYTES = 2000;

  /** The log of a QEMU of ours, by its control socket. */
  static QemuLog beside(Path socket) {
    return new QemuLog(socket.resolveSibling(VmFiles.LOG));
  }

  /** The end of it; empty when there is none. */
  public String end() {
    try (PinnedFile there = PinnedFile.of(file)) {
      return there.isFile() ? tail(there.path()) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static String tail(Path file) throws IOException {
    try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer tail = ByteBuffer.allocate((int) Math.min(log.size(), MESSAGE_BYTES));
      log.position(log.size() - tail.capacity());
      while (tail.hasRemaining() && log.read(tail) >= 0) {}
      return StandardCharsets.UTF_8.decode(tail.flip()).toString().strip();
    }
  }

  /** For the message about a QEMU that has ended. */
  String lastWords() {
    String end = end();
    return end.isEmpty() ? "QEMU said nothing" : "QEMU's last words: " + end;
  }
}
