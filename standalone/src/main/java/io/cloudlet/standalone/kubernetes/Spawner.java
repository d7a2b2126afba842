package io.cloudlet.standalone.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts programs that the kernel kills when this process ends, even by {@code kill -9}.
 *
 * <p>The kernel watches the thread that has started a program, so one thread starts all of them and
 * never ends. Where the machine has no setpriv, programs stay behind, for the next start to end.
 */
final class Spawner {
  /** Never to be collected: its thread would end. */
  static final Spawner SHARED = new Spawner();

  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("spawner").daemon(true).factory());

  private Spawner() {}

  Process start(ProcessBuilder builder) throws IOException {
    if (Files.isExecutable(SETPRIV)) {
      List<String> command = new ArrayList<>(List.of(SETPRIV.toString(), "--pdeathsig", "KILL"));
      command.addAll(builder.command());
      builder.command(command);
    }
    try {
      return thread.submit(builder::start).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw new java.io.InterruptedIOException("interrupted while starting a program");
    }
  }
}
