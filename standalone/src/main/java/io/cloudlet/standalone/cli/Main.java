package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.cli.Addition;
import io.cloudlet.sidecar.cli.Program;
import java.util.List;

/** Entry point of the whole program. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    new Program(
            List.of(
                Addition.command(UpCommand::new),
                Addition.command(DemoCommand::new),
                Addition.command(ImagesCommand::new),
                Addition.under("bench", ControlPlaneCommand::new)))
        .main(arguments);
  }
}
