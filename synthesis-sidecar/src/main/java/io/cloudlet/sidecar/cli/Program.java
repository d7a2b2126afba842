package io.cloudlet.sidecar.cli;

import java.util.List;

/**
 * The command line as a program.
 *
 * @param more commands that other modules add
 */
public record Program(List<Addition> more) {
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
