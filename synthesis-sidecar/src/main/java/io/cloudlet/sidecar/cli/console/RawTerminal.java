package io.cloudlet.sidecar.cli.console;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The terminal on standard input without line editing, echo and signals: every key goes to the
 * guest. {@link #close} makes it as it was.
 */
public final class RawTerminal implements AutoCloseable {
  private static final long SECONDS = 5;

  private final String before;

  private RawTerminal(String before) {
    this.before = before;
  }

  /** Changes the terminal. */
  public static RawTerminal open() throws IOException, InterruptedException {
    RawTerminal terminal = new RawTerminal(stty("-g"));
    stty("raw", "-echo");
    return terminal;
  }

  private static String stty(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT)
            .start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("stty " + String.join(" ", arguments) + " failed on this terminal");
    }
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      stty(before);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
