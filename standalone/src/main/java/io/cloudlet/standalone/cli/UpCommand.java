package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.cli.CommandContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code up}. */
@Command(
    name = "up",
    sortOptions = false,
    description = {
      "Runs a Kubernetes API server with Cloudlet on this machine until Ctrl-C.",
      "Resources and VMs outlive it: the next 'up' goes on with both."
    })
final class UpCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(
      names = "--kubernetes-data",
      paramLabel = "DIR",
      description =
          "Where the API server keeps resources; otherwise"
              + " ~/.local/share/cloudlet/kubernetes.")
  private @Nullable Path kubernetesData;

  @Option(
      names = "--fresh",
      description = "Starts over: removes all resources of before, and ends their VMs.")
  private boolean fresh;

  @Mixin private UpOptions options = new UpOptions();

  UpCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    new Up(context, kubernetesData, options.nodes(context.root().toAbsolutePath()), fresh).run();
    return 0;
  }
}
