package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Runs the script that finds or builds the programs; the launcher runs the same one.
 *
 * @param environment variables that the script reads
 * @param progress shows what is being built
 * @param say takes what the script says
 */
record ProgramScript(Map<String, String> environment, Progress progress, Consumer<String> say) {
  private static final int REFUSED = 2;
  private static final int NOT_BUILT = 3;
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;
  private static final Errand ERRAND =
      new Errand("building the programs of Kubernetes", Duration.ofHours(1));
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
    ProcessBuilder script =
        new ProcessBuilder("bash", tools.resolve(SCRIPT).toString())
            .redirectOutput(answer.toFile());
    script.environment().clear();
    script.environment().putAll(environment);
    script.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try (ScriptVoice voice = new ScriptVoice(progress, say)) {
      Errand.Outcome end = ERRAND.run(script, voice);
      String reason = ScriptVoice.sentence(end.lastWords());
      return switch (end.code()) {
        case 0 -> new Found(Path.of(Files.readString(answer).strip()));
        case REFUSED -> new Refused(reason);
        case NOT_BUILT -> new NotBuilt(reason);
        // A terminal tells all processes of Ctrl-C: the script may hear of it before this one.
        case INTERRUPTED, TERMINATED -> throw new InterruptedIOException("the build was ended");
        default -> new NotBuilt("the build ended with code " + end.code() + ": " + reason);
      };
    }
  }
}
