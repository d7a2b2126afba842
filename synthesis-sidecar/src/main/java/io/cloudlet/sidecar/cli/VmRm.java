package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmName;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vm rm}. */
@Command(name = "rm", description = "Removes a VM with all that it has become.")
final class VmRm implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "VM", description = "Its name.")
  private VmName name;

  @Option(names = "--force", description = "Also when it runs.")
  private boolean force;

  VmRm(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    new VmLifecycle(session.data()).remove(name, force);
    session.output().result(Map.of("removed", name.text()), "removed VM " + name);
    return ExitCode.OK.code();
  }
}
