package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.qemu.QemuProcess;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Waits for a booting guest.
 *
 * @param files of its QEMU
 * @param patience how long it may take
 */
record BootWait(VmFiles files, Duration patience) {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int SHOWN = 600;

  /** Returns when the guest gives the sign. */
  void until(Readiness sign) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!sign.isThere()) {
        if (QemuProcess.find(files).isEmpty()) {
          throw new CloudletException("QEMU ended while the guest booted: " + end(files.log()));
        }
        if (System.nanoTime() - deadline > 0) {
          throw new CloudletException(
              "the guest is not ready after "
                  + patience.toSeconds()
                  + " s of waiting for "
                  + sign.describe()
                  + "; wait longer with --ready-timeout, or look for another sign. Its console"
                  + " ends with: "
                  + end(files.consoleLog()));
        }
        Thread.sleep(POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the guest booted");
    }
  }

  private static String end(Path log) throws IOException {
    if (!Files.exists(log)) {
      return "(nothing)";
    }
    String text = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1).strip();
    // Control characters of the guest must not reach the reader's terminal.
    String printable = text.replaceAll("[^\\n -~]", "").replaceAll("\\s*\\n\\s*", " | ");
    return printable.isEmpty()
        ? "(nothing)"
        : printable.substring(Math.max(0, printable.length() - SHOWN));
  }
}
