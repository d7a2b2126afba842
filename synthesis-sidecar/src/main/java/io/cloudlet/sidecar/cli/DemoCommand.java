package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.machine.Accelerator;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}. */
@Command(
    name = "demo",
    description =
        "Shows it all on this machine, between two data directories that play nodes, in some"
            + " minutes; removes them in the end.")
final class DemoCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--accel",
      paramLabel = "tcg|kvm",
      description = "What runs the guest; otherwise kvm where it works.")
  private @Nullable Accelerator accelerator;

  DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    new EngineDemo(session).run(accelerator);
    return ExitCode.OK.code();
  }
}
