package io.cloudlet.standalone.bench;

import io.cloudlet.sidecar.image.CloudletException;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An operator as a process of its own, with the heap that it is to get along with. */
final class LoadedOperator implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final String HEAP = "-Xmx512m";

  private final Process process;
  private final URI metrics;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();

  private LoadedOperator(Process process, int port) {
    this.process = process;
    this.metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
  }

  /**
   * Starts one, and returns when it answers.
   *
   * @param server how it reaches the API server
   * @param token who it is there
   * @param log takes what it says
   * @param port where it shows its metrics; free
   */
  static LoadedOperator start(Config server, String token, Path log, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-cp",
            System.getProperty("java.class.path"),
            "io.cloudlet.operator.Main");
    Map<String, String> environment = builder.environment();
    environment.put("KUBECONFIG", "/dev/null");
    environment.put("KUBERNETES_MASTER", server.getMasterUrl());
    environment.put("KUBERNETES_CERTS_CA_DATA", server.getCaCertData());
    environment.put("KUBERNETES_AUTH_TOKEN", token);
    environment.put("CLOUDLET_PORT", Integer.toString(port));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    LoadedOperator operator = new LoadedOperator(builder.start(), port);
    try {
      operator.awaitAnswer(log);
    } catch (IOException | RuntimeException e) {
      operator.close();
      throw e;
    }
    return operator;
  }

  private void awaitAnswer(Path log) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        read();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new CloudletException("the operator does not start; see " + log, e);
        }
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
  }

  /** Its metrics now. */
  PrometheusText read() throws IOException {
    try {
      return new PrometheusText(
          http.send(
                  HttpRequest.newBuilder(metrics).timeout(ANSWER).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
  }

  /** Whether it has not given up. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Its process. */
  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
