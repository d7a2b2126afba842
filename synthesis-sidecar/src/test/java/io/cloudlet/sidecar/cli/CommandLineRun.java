package io.cloudlet.sidecar.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * One command, run in this process.
 *
 * @param code the exit code
 * @param results what it wrote to standard output
 * @param messages what it wrote to standard error
 */
record CommandLineRun(int code, String results, String messages) {
  static CommandLineRun of(Path data, String... arguments) {
    ByteArrayOutputStream results = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    Output output =
        new Output(
            new PrintStream(results, true, StandardCharsets.UTF_8),
            new PrintStream(messages, true, StandardCharsets.UTF_8),
            false);
    Session session = new Session(Map.of("CLOUDLET_DATA", data.toString()), output);
    int code = new CommandTree(session).build().execute(arguments);
    return new CommandLineRun(
        code, results.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8));
  }
}
