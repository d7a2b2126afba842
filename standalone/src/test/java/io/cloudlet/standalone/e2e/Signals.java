package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Sends signals to a process that is alive. */
record Signals(Process process) {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** The line of a stopped thread in {@code /proc/PID/task/TID/stat}: number, name, state. */
  private static final Pattern STOPPED = Pattern.compile("\\d+ \\(.*\\) T ", Pattern.DOTALL);

  /** Sends one, such as TERM. */
  void send(String signal) {
    String pid = Long.toString(process.pid());
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start();
      assertThat(kill.onExit().join().exitValue()).as("kill -%s %s", signal, pid).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it; returns when none of its threads runs. */
  void freeze() {
    send("STOP");
    Awaitility.await("process " + process.pid() + " stands still")
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(LIMIT)
        .until(this::standsStill);
  }

  private boolean standsStill() {
    Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
    try (Stream<Path> all = Files.list(tasks)) {
      return all.allMatch(Signals::isStopped);
    } catch (IOException e) {
      return !process.isAlive();
    }
  }

  private static boolean isStopped(Path task) {
    try {
      return STOPPED.matcher(Files.readString(task.resolve("stat"))).lookingAt();
    } catch (IOException e) {
      return !Files.exists(task); // It has ended.
    }
  }
}
