package io.cloudlet.sidecar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks at one of this process's streams. */
final class Terminal {
  private Terminal() {}

  /** Whether standard input, output or error (0, 1, 2) is a terminal. */
  static boolean is(int descriptor) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)));
      return target.startsWith("/dev/pts") || target.toString().matches("/dev/(tty.*|console)");
    } catch (IOException e) {
      return false;
    }
  }
}
