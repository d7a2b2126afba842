package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmName;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vm stop}. */
@Command(
    name = "stop",
    description = "Ends a VM's process, as a power cut would; what is on its disk is kept.")
final class VmStop implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "VM", description = "Its name.")
  private VmName name;

  VmStop(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    boolean ran = new VmLifecycle(session.data()).stop(name);
    session
        .output()
        .result(
            Map.of("name", name.text(), "ran", ran),
            "VM " + name + (ran ? " has been stopped" : " was not running"));
    return ExitCode.OK.code();
  }
}
