package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.node.Progress;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the script that finds or builds the programs; the launcher runs the same one.
 *
 * @param environment variables that the script reads
 * @param progress shows what is being built
 * @param say takes what the script says
 */
record ProgramScript(Map<String, String> environment, Progress progress, Consumer<String> say) {
  private static final String PREFIX = "cloudlet: ";

  /** How a line ends that says what is being done; others are reasons, or remarks for people. */
  private static final String WORKING = "...";

  private static final int REFUSED = 2;
  private static final int NOT_BUILT = 3;
  private static final long PATIENCE_MINUTES = 60;
  private static final Executor READER = task -> Thread.ofVirtual().start(task);
  private static final String SCRIPT = "kubernetes-programs";
  private static final List<String> FILES =
      List.of(SCRIPT, "kubernetes/go.mod", "kubernetes/go.sum", "etcd/go.mod", "etcd/go.sum");

  /** How the script has ended. */
  sealed interface Result {}

  /** The programs lie in a folder. */
  record Found(Path folder) implements Result {}

  /** The environment names a folder without them. */
  record Refused(String reason) implements Result {}

  /** They are nowhere, and cannot be built here. */
  record NotBuilt(String reason) implements Result {}

  /** Where built programs are kept, in the layout of kube-api-test. */
  static Path cache(Map<String, String> environment) {
    String said = environment.getOrDefault("CLOUDLET_CACHE", "");
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    Path cache = shared.isBlank() ? home.resolve(".cache") : Path.of(shared);
    return (said.isBlank() ? cache.resolve("cloudlet") : Path.of(said)).resolve("kubernetes");
  }

  Result run() throws IOException {
    Path tools = Files.createTempDirectory("cloudlet-tools");
    try {
      unpack(tools);
      return run(tools);
    } finally {
      Partials.deleteTree(tools);
    }
  }

  private static void unpack(Path folder) throws IOException {
    for (String file : FILES) {
      Path target = folder.resolve(file);
      Files.createDirectories(target.getParent());
      try (InputStream content = ProgramScript.class.getResourceAsStream("tools/" + file)) {
        Files.copy(Objects.requireNonNull(content, file), target);
      }
    }
  }

  private Result run(Path tools) throws IOException {
    Path answer = tools.resolve("answer");
    ProcessBuilder builder =
        new ProcessBuilder("bash", tools.resolve(SCRIPT).toString())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(Redirect.to(answer.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process script = builder.start();
    try {
      CompletableFuture<String> last = CompletableFuture.supplyAsync(() -> relay(script), READER);
      int code = await(script);
      return switch (code) {
        case 0 -> new Found(Path.of(Files.readString(answer).strip()));
        case REFUSED -> new Refused(last.join());
        case NOT_BUILT -> new NotBuilt(last.join());
        default -> new NotBuilt("it ended with code " + code + ": " + last.join());
      };
    } finally {
      // Interrupted: what it has started would work on without it.
      script.descendants().forEach(ProcessHandle::destroy);
      script.destroy();
    }
  }

  private static int await(Process script) throws IOException {
    try {
      if (script.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        return script.exitValue();
      }
      throw new CloudletException(
          "building the programs of Kubernetes took over "
              + PATIENCE_MINUTES
              + " minutes; build.log in the cache says how far it came");
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while building the programs of Kubernetes");
    }
  }

  /** Shows what the script is doing until its end; the last line is its reason when it failed. */
  private String relay(Process script) {
    String last = "";
    Progress.Stage stage = Progress.Stage.SILENT;
    try (BufferedReader lines = script.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        stage.close();
        stage = Progress.Stage.SILENT;
        last = line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line;
        if (last.endsWith(WORKING)) {
          say.accept(last);
          stage = progress.begin(last.replaceFirst(" \\(.*", ""), 0);
        }
      }
    } catch (IOException e) {
      last = e.toString(); // The script was ended while it was read.
    } finally {
      stage.close();
    }
    return last;
  }
}
