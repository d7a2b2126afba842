package io.cloudlet.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The program in a process of its own, as a person starts it, to be ended as no thread can be. */
final class UpProcess implements AutoCloseable {
  private static final long LIMIT_MINUTES = 6;

  private final Process process;
  private final File messages;

  private UpProcess(Process process, File messages) {
    this.process = process;
    this.messages = messages;
  }

  /**
   * Starts a command.
   *
   * @param folder gets its messages, and is its data directory
   */
  static UpProcess start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--data",
            folder.resolve("data").toString()));
    command.addAll(List.of(arguments));
    File messages = folder.resolve("messages").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectInput(new File("/dev/null")).redirectError(messages);
    builder.environment().putAll(environment);
    return new UpProcess(builder.start(), messages);
  }

  /** Reads its results until a line begins like this; the rest of that line. */
  String result(String beginning) throws IOException {
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
    throw new AssertionError("it has ended without '" + beginning + "': " + messages());
  }

  /** Returns when its messages contain this. */
  void awaitMessage(String text) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(LIMIT_MINUTES))
        .untilAsserted(() -> assertThat(messages()).contains(text));
  }

  /** All its results, once it has ended. */
  String results() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
  }

  /** Ends it as Ctrl-C does, and waits for it. */
  void interrupt() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
  }

  /** Its exit code once it has ended. */
  int code() throws InterruptedException {
    assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  String messages() throws IOException {
    return Files.readString(messages.toPath());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
