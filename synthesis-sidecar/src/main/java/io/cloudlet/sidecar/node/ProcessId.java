package io.cloudlet.sidecar.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.cloudlet.sidecar.image.BootId;
import io.cloudlet.sidecar.image.ProcessStart;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One process and never another one: a number alone is given again, in a container within minutes.
 *
 * @param pid the number
 * @param startTicks when it started, in clock ticks since the boot: field 22 of /proc/PID/stat
 * @param boot which boot of the machine the ticks count from
 */
public record ProcessId(long pid, long startTicks, String boot) {
  /** This process. */
  public static ProcessId self() {
    return of(ProcessHandle.current().pid())
        .orElseThrow(() -> new IllegalStateException("/proc is not mounted; mount it"));
  }

  /** The living process with a number; empty when there is none, or a dead one nobody reaped. */
  public static Optional<ProcessId> of(long pid) {
    OptionalLong start = ProcessStart.of(pid);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ProcessId(pid, start.getAsLong(), BootId.current()));
    } catch (IOException e) {
      return Optional.empty(); // Only without /proc, where no process can be told from another.
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
