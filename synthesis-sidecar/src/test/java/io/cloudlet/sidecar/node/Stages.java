package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Kills programs at the stages of their work. */
public final class Stages {
  private Stages() {}

  /** For the program that is killed: says where it is, and never gets past one stage. */
  public static Progress lingering(String stage) {
    return (what, _) -> {
      System.out.println(what);
      if (what.equals(stage)) {
        LockSupport.parkNanos(Duration.ofMinutes(5).toNanos());
      }
      return Progress.Stage.SILENT;
    };
  }

  /** The same at a number of bytes of a stage, of which it says {@code STAGE BYTES}. */
  public static Progress lingering(String stage, long bytes) {
    return (what, _) ->
        new Progress.Stage() {
          private long done;

          {
            advance(0);
          }

          @Override
          public void advance(long more) {
            done += more;
            if (what.equals(stage) && done >= bytes) {
              System.out.println(stage + " " + bytes);
              LockSupport.parkNanos(Duration.ofMinutes(5).toNanos());
            }
          }
        };
  }

  /** Starts a program and kills it when it says that it is at a stage, its last argument. */
  public static void killAt(String stage, Class<?> program, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    command.add(stage);
    Process victim = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = victim.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.equals(stage)) {
        said.append(line).append('\n');
        line = lines.readLine();
      }
      assertThat(line).as(said.toString()).isEqualTo(stage);
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
