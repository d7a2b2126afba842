package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.node.Progress;
import java.util.function.Consumer;

/**
 * Shows what the script is doing. Not thread-safe.
 *
 * @see ProgramScript
 */
final class ScriptVoice implements Consumer<String>, AutoCloseable {
  private static final String PREFIX = "cloudlet: ";

  /** How a line ends that says what is being done; others are reasons, or remarks for people. */
  private static final String WORKING = "...";

  private final Progress progress;
  private final Consumer<String> say;
  private Progress.Stage stage = Progress.Stage.SILENT;

  ScriptVoice(Progress progress, Consumer<String> say) {
    this.progress = progress;
    this.say = say;
  }

  /** A line without the name of who says it. */
  static String sentence(String line) {
    return line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line;
  }

  @Override
  public void accept(String line) {
    close();
    String sentence = sentence(line);
    if (sentence.endsWith(WORKING)) {
      say.accept(sentence);
      stage = progress.begin(sentence.replaceFirst(" \\(.*|\\.\\.\\.$", ""), 0);
    }
  }

  @Override
  public void close() {
    stage.close();
    stage = Progress.Stage.SILENT;
  }
}
