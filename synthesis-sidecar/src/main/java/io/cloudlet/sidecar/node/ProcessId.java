package io.cloudlet.sidecar.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process and never another one: a number alone is given again, in a container within minutes.
 *
 * @param pid the number
 * @param startTicks when it started, in clock ticks since the boot: field 22 of /proc/PID/stat
 * @param boot which boot of the machine the ticks count from
 */
public record ProcessId(long pid, long startTicks, String boot) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** Fields of /proc/PID/stat that lie between the program's name and the start. */
  private static final int STATE_TO_START = 19;

  /** This process. */
  public static ProcessId self() {
    return of(ProcessHandle.current().pid())
        .orElseThrow(() -> new IllegalStateException("/proc is not mounted; mount it"));
  }

  /** The living process with a number; empty when there is none, or a dead one nobody reaped. */
  public static Optional<ProcessId> of(long pid) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      // The program's name is in parentheses and may hold anything, parentheses and spaces too.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if (fields[0].equals("Z") || fields[0].equals("X")) {
        return Optional.empty();
      }
      long start = Long.parseLong(fields[STATE_TO_START]);
      return Optional.of(new ProcessId(pid, start, Files.readString(BOOT).strip()));
    } catch (IOException e) {
      return Optional.empty(); // The process has ended, maybe while it was looked at.
    }
  }

  /** Whether this very process still runs. */
  public boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** Reads what {@link #toString} wrote. */
  @JsonCreator
  public static ProcessId parse(String text) {
    String[] parts = text.split("/", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a process is PID/TICKS/BOOT: " + text);
    }
    return new ProcessId(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
  }

  /** {@code PID/TICKS/BOOT}. */
  @JsonValue
  @Override
  public String toString() {
    return pid + "/" + startTicks + "/" + boot;
  }
}
