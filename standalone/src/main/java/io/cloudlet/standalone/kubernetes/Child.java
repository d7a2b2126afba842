package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.ProcessId;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that runs for as long as this process does. Thread-safe. */
final class Child {
  private static final int SHOWN = 5;

  private final String name;
  private final Path log;
  private final Process process;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Starts a program in a folder; what it says goes into a log, the one before is kept too. */
  static Child start(String name, List<String> command, Path folder, Path logs) throws IOException {
    Path log = logs.resolve(name + ".log");
    if (Files.exists(log)) {
      Files.move(
          log,
          logs.resolve(name + ".before.log"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()));
    return new Child(name, log, Spawner.SHARED.start(builder));
  }

  /** Which process it is; empty when it has ended already. */
  java.util.Optional<ProcessId> id() {
    return ProcessId.of(process.pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Completes when it ends. */
  CompletableFuture<Child> end() {
    return process.onExit().thenApply(_ -> this);
  }

  /** The error that says how it has ended, with its last words. */
  CloudletException failure(String what) {
    String how = process.isAlive() ? what : "has ended with code " + process.exitValue();
    return new CloudletException(name + " " + how + "; its log " + log + " ends: " + lastWords());
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log).stream().filter(l -> !l.isBlank()).toList();
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  /** Asks it to end, and ends it when it has not in time. */
  void stop(Duration patience) {
    stop(process, patience);
  }

  /** Asks a process to end, and ends it when it has not in time. */
  static void stop(Process process, Duration patience) {
    process.destroy();
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
