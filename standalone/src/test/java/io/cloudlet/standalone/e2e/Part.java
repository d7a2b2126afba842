package io.cloudlet.standalone.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operator or an agent: a process of its own, which can be killed and started again. */
final class Part implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  /** What a kubelet gives before it kills is 30. */
  private static final long FEW_SECONDS = 10;

  private final String name;
  private final Path log;
  private final Path temporary;
  private final Map<String, String> environment;
  private final List<String> command;
  private @Nullable Process process;

  Part(String name, Path logs, Map<String, String> environment, String... arguments) {
    this.name = name;
    this.log = logs.resolve(name + ".log");
    this.temporary = logs.resolve("tmp-" + name);
    this.environment = environment;
    this.command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Dlogback.configurationFile=io/cloudlet/standalone/logback.xml",
            "-Dcloudlet.log=" + log,
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
  }

  synchronized Part start() throws IOException {
    Files.createDirectories(temporary);
    ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log + ".out")));
    builder.environment().putAll(environment);
    process = builder.start();
    return this;
  }

  /** Ends it as {@code kill -9} does; returns when it is gone. */
  synchronized void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      assertThat(running.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(name + " is dead").isTrue();
    }
  }

  /** Ends it as a kubelet does; returns when it is gone. */
  synchronized void stop() throws InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroy();
      assertThat(running.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(name + " ends").isTrue();
    }
  }

  /** Sends it a signal that asks it to end, such as TERM or INT; its exit code. */
  int end(String signal) throws InterruptedException {
    Process ending = requireNonNull(process);
    new Signals(ending).send(signal);
    assertThat(ending.waitFor(FEW_SECONDS, TimeUnit.SECONDS))
        .as("%s ends by SIG%s within %d s; its log: %s", name, signal, FEW_SECONDS, log())
        .isTrue();
    return ending.exitValue();
  }

  /** What it has left in its folder for temporary files. */
  List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      return files.filter(it -> !it.equals(temporary)).toList();
    }
  }

  /** Stops it in the midst of what it does; returns when none of its threads runs. */
  synchronized void freeze() {
    Process running = process;
    if (running != null && running.isAlive()) {
      new Signals(running).freeze();
    }
  }

  /** Lets it run on. */
  synchronized void thaw() {
    Process running = process;
    if (running != null && running.isAlive()) {
      new Signals(running).send("CONT");
    }
  }

  synchronized boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** What it has logged and said. */
  String log() {
    return read(log) + read(Path.of(log + ".out"));
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public synchronized void close() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
