package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** When a process started: tells it from a later one with the same number. */
public final class ProcessStart {
  /** Fields of /proc/PID/stat from the state, the first behind the program's name, to the start. */
  private static final int START = 19;

  private ProcessStart() {}

  /**
   * Clock ticks from the boot to the start of a living process; empty when there is none. A clock
   * that is set meanwhile does not matter to it.
   */
  public static OptionalLong of(long pid) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      // The name is in parentheses and may hold anything, parentheses and spaces too.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean dead = fields[0].equals("Z") || fields[0].equals("X");
      return dead ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START]));
    } catch (IOException e) {
      return OptionalLong.empty(); // It has ended, maybe while it was looked at.
    }
  }
}
