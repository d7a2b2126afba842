package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.Ended;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmName;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vm stop}. */
@Command(
    name = "stop",
    sortOptions = false,
    description =
        "Asks a VM's guest to shut down, as its power button would. When it has not done so in"
            + " time, or cannot, its process is ended, as by a power cut; what is on its disk is"
            + " kept.")
final class VmStop implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "VM", description = "Its name.")
  private VmName name;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long the guest may take; ${DEFAULT-VALUE}.")
  private Duration patience;

  @Option(names = "--force", description = "Does not ask the guest.")
  private boolean force;

  VmStop(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Ended how = new VmLifecycle(session.data()).stop(name, force ? Duration.ZERO : patience);
    session
        .output()
        .result(
            Map.of("name", name.text(), "ran", how != Ended.BEFORE, "ended", how),
            "VM " + name + sentence(how));
    return ExitCode.OK.code();
  }

  private static String sentence(Ended how) {
    return switch (how) {
      case BEFORE -> " was not running";
      case SHUT_DOWN -> " has shut down";
      case CUT_OFF -> " has been ended, as by a power cut";
    };
  }
}
