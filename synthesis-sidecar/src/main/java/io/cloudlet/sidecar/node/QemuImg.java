package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** QEMU's program for disk images that no VM has open. */
final class QemuImg {
  private static final String COMMAND = "qemu-img";

  private QemuImg() {}

  /**
   * Runs it to its end; ends it when the thread is interrupted.
   *
   * @param what the work, to be followed by QEMU's own words when it fails
   */
  static void run(String what, String... arguments) throws IOException {
    Process process = start(arguments);
    try {
      // It prints nothing but a short error, which fits into the pipe.
      if (process.waitFor() != 0) {
        byte[] said = process.getInputStream().readAllBytes();
        throw new CloudletException(
            what
                + ": "
                + new String(said, StandardCharsets.UTF_8).strip()
                + "; try 'qemu-img check'");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted: " + what);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(COMMAND));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(new File("/dev/null"))
          .start();
    } catch (IOException e) {
      throw new CloudletException(
          COMMAND + " cannot be run (" + e.getMessage() + "); apt-get install qemu-utils", e);
    }
  }
}
