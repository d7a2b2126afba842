package io.cloudlet.sidecar.cli;

import java.util.List;

/** Entry point of the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    new Program(List.of()).main(arguments);
  }
}
