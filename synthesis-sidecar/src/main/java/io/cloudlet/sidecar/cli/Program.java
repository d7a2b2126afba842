package io.cloudlet.sidecar.cli;

import java.util.List;
import java.util.function.Function;

/**
 * The command line as a program.
 *
 * @param more makes the commands that other modules add, each a class with picocli's annotations
 *     that is called for its exit code; one takes the place of a command of the same name
 */
public record Program(List<Function<CommandContext, Object>> more) {
  /** Runs one command and ends the process with its exit code. */
  public void main(String... arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      // Scripts ask this often, and the tree of commands takes most of the time of an answer.
      System.out.println(String.join(System.lineSeparator(), new Version().getVersion()));
      return;
    }
    Output output = new Output(System.out, System.err, Terminal.is(2));
    Session session = new Session(System.getenv(), output);
    System.exit(Cancellation.run(() -> new CommandTree(session, more).run(arguments)));
  }
}
