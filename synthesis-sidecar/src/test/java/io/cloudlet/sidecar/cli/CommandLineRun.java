package io.cloudlet.sidecar.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One command, run in this process.
 *
 * @param code the exit code
 * @param results what it wrote to standard output
 * @param messages what it wrote to standard error
 */
record CommandLineRun(int code, String results, String messages) {
  static CommandLineRun of(Path data, String... arguments) {
    return of(Map.of("CLOUDLET_DATA", data.toString()), _ -> {}, arguments);
  }

  /**
   * The same.
   *
   * @param heard gets each line of the messages on the thread that writes it: the command goes on
   *     when it returns
   */
  static CommandLineRun of(
      Map<String, String> environment, Consumer<String> heard, String... arguments) {
    ByteArrayOutputStream results = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    Output output =
        new Output(
            new PrintStream(results, true, StandardCharsets.UTF_8),
            new Overheard(messages, heard),
            false);
    Session session = new Session(environment, output);
    int code = new CommandTree(session).run(arguments);
    return new CommandLineRun(
        code, results.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8));
  }

  private static final class Overheard extends PrintStream {
    private final Consumer<String> heard;

    Overheard(ByteArrayOutputStream out, Consumer<String> heard) {
      super(out, true, StandardCharsets.UTF_8);
      this.heard = heard;
    }

    @Override
    public void println(String line) {
      super.println(line);
      heard.accept(line);
    }
  }
}
