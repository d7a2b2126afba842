package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that is waited for: heard while it works, and ended when nobody waits any more.
 *
 * @param what it does, for messages
 * @param longest after which it is ended
 */
record Errand(String what, Duration longest) {
  private static final Executor LISTENER = task -> Thread.ofVirtual().start(task);

  /** What it gets for cleaning up when it is ended. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /**
   * How it has ended.
   *
   * @param code its exit code
   * @param lastWords the last line that it said on standard error; empty when there is none
   */
  record Outcome(int code, String lastWords) {}

  /**
   * Runs the program until its end.
   *
   * @param program says where its answer goes; what it reads is empty
   * @param heard gets each line of its standard error, on another thread
   * @throws InterruptedIOException when this thread is interrupted; the program has ended then
   */
  Outcome run(ProcessBuilder program, Consumer<String> heard) throws IOException {
    Process process = Spawner.SHARED.start(program.redirectInput(new File("/dev/null")));
    try {
      CompletableFuture<String> last =
          CompletableFuture.supplyAsync(() -> listen(process, heard), LISTENER);
      return new Outcome(await(process), last.join());
    } finally {
      Child.stop(process, FAREWELL);
    }
  }

  private int await(Process process) throws IOException {
    try {
      if (process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw new CloudletException(what + " took over " + longest.toMinutes() + " minutes");
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while " + what);
    }
  }

  private static String listen(Process process, Consumer<String> heard) {
    String last = "";
    try (BufferedReader lines = process.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line.isBlank() ? last : line;
        heard.accept(line);
      }
    } catch (IOException e) {
      last = e.toString(); // The program was ended while it was read.
    }
    return last;
  }
}
