package io.cloudlet.sidecar.cli.doctor;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a program of the machine prints about itself. */
final class Tool {
  private static final long SECONDS = 20;

  private Tool() {}

  /** Its first line; empty when the program is not there, fails, or does not answer. */
  static Optional<String> firstLine(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();
      try {
        // The few lines fit into the pipe, so it may end before anyone reads.
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        return Optional.ofNullable(process.inputReader().readLine());
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
