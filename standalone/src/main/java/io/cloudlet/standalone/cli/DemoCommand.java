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
        "Shows the whole story on this machine: a base VM, an application that starts in it, its"
            + " overlay, and the application running on elsewhere. By the resources of examples/,"
            + " on an API server and two nodes of its own, which are gone in the end.")
final class DemoCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(
      names = "--engine",
      description = "The same story without Kubernetes, by the engine alone.")
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
