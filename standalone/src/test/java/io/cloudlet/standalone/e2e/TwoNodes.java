package io.cloudlet.standalone.e2e;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Kubernetes of two nodes, as the script {@code two-nodes} makes it. It goes with this object,
 * and with this process however that ends, since the script reads from it.
 */
final class TwoNodes implements AutoCloseable {
  /** This host as the nodes see it. */
  static final String HOST = "10.213.0.1";

  private static final Path SCRIPT = Path.of("src", "test", "cluster", "two-nodes");
  private static final long LONGEST_SECONDS = 180;

  private final Path folder;
  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;

  private TwoNodes(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts it; returns when both nodes are ready.
   *
   * @param folder takes its logs
   * @param programs of Kubernetes
   */
  static TwoNodes start(Path folder, Path programs) throws IOException {
    Process process =
        new ProcessBuilder(SCRIPT.toAbsolutePath().toString(), folder.toString(), "" + programs)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    TwoNodes nodes = new TwoNodes(folder, process);
    try {
      nodes.expect("ready");
      return nodes;
    } catch (IOException | RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  Path kubeconfig() {
    return folder.resolve("admin.kubeconfig");
  }

  /** Loads an image into both nodes. */
  void load(Path image) throws IOException {
    command("image " + image.toAbsolutePath());
  }

  /** Cuts the power of a node: everything on it ends at once, and its disk stays. */
  void cutPower(String node) throws IOException {
    command("down " + node);
  }

  /** Starts a node whose power was cut. */
  void powerUp(String node) throws IOException {
    command("up " + node);
  }

  /** Ends the kubelet of a node; pods run on. */
  void killKubelet(String node) throws IOException {
    command("kubelet-down " + node);
  }

  /** Lets the kubelet of a node come back. */
  void startKubelet(String node) throws IOException {
    command("kubelet-up " + node);
  }

  private synchronized void command(String line) throws IOException {
    commands.write(line + "\n");
    commands.flush();
    expect("done");
  }

  private void expect(String answer) throws IOException {
    String said = answerInTime();
    if (!answer.equals(said)) {
      throw new IOException("the nodes say " + said + " instead of " + answer + "\n" + logs());
    }
  }

  private String answerInTime() throws IOException {
    try {
      return CompletableFuture.supplyAsync(this::answer, Thread::startVirtualThread)
          .get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("the nodes do not answer\n" + logs(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String answer() {
    try {
      String line = answers.readLine();
      return line == null ? "nothing" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of each log. */
  String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.newDirectoryStream(folder, "*.log")) {
      for (Path file : files) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        all.append("---- ").append(file.getFileName()).append('\n');
        all.append(text.substring(Math.max(0, text.length() - 1500))).append('\n');
      }
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    try {
      commands.close();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the nodes do not end: " + requireNonNull(process.info()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
