package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.cli.CommandContext;
import io.cloudlet.sidecar.cli.EngineDemo;
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
        "Shows it all on this machine, by the resources of examples/ on an API server and two"
            + " nodes of its own; removes them in the end.")
final class DemoCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(names = "--engine", description = "Without Kubernetes: the engine alone.")
  private boolean engine;

  @Option(
      names = "--accel",
      paramLabel = "tcg|kvm",
      description = "What runs the guest; otherwise kvm where it works.")
  private @Nullable Accelerator accelerator;

  DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    if (engine) {
      new EngineDemo(context).run(accelerator);
    } else {
      new Demo(context, accelerator).run();
    }
    return 0;
  }
}
