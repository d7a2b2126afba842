package io.cloudlet.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The stock client, with what {@code up} has printed. */
record Kubectl(String program, String kubeconfig) {
  private static final long LIMIT_MINUTES = 2;

  /** Reads the two lines that {@code up} prints once it is ready. */
  static Kubectl of(UpProcess up) throws IOException {
    String kubeconfig = up.result("export KUBECONFIG=");
    return new Kubectl(up.result("alias kubectl="), kubeconfig);
  }

  /** What a command that succeeds prints. */
  String run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  /** What a command that fails prints. */
  String fail(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isNotZero();
    return output;
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", kubeconfig);
    builder.environment().put("HOME", Path.of(kubeconfig).resolveSibling("home").toString());
    return builder.start();
  }
}
