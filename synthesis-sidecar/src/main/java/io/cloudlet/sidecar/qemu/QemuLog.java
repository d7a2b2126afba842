package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
    try {
      byte[] log = Files.readAllBytes(file);
      int length = Math.min(log.length, MESSAGE_BYTES);
      return new String(log, log.length - length, length, StandardCharsets.UTF_8).strip();
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
