package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One command in a process of its own, as a person starts it, to be ended as no thread can be. */
final class CommandProcess implements AutoCloseable {
  private static final long LIMIT_MINUTES = 3;

  private final Process process;
  private final List<String> messages = new ArrayList<>();

  private CommandProcess(Process process) {
    this.process = process;
  }

  static CommandProcess start(Path data, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(List.of(), data, environment, arguments);
  }

  /** With words before the command, such as a shell that sets limits. */
  static CommandProcess start(
      List<String> before, Path data, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx160m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--data",
            data.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(Redirect.DISCARD);
    builder.environment().putAll(environment);
    return new CommandProcess(builder.start());
  }

  /** Reads its messages until one begins like this; false when it ends before. */
  boolean says(String beginning) throws IOException {
    BufferedReader lines = process.errorReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      messages.add(line);
      if (line.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  /** Kills it as {@code kill -9} does, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
  }

  /** Its exit code, once it has ended by itself. */
  int code() throws IOException, InterruptedException {
    assertThat(says("\0")).isFalse();
    assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as(messages()).isTrue();
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** What has been read of its messages. */
  String messages() {
    return String.join("\n", messages);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
