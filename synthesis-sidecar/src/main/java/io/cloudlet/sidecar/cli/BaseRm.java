package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.ResourceLock;
import io.cloudlet.sidecar.node.VmRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code base rm}. */
@Command(name = "rm", description = "Removes a base VM that no VM stands on.")
final class BaseRm implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "BASE", description = "Its name, or the first digits of its digest.")
  private String base;

  BaseRm(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    DataDirectory data = session.data();
    BaseStore store = BaseStore.at(data.bases());
    try (ResourceLock _ = data.lockBases()) {
      BaseEntry entry = store.find(base);
      VmRegistry vms = new VmRegistry(data);
      store.remove(
          entry,
          digest -> vms.usersOf(digest.toString()).stream().map(name -> "VM " + name).toList());
      session
          .output()
          .result(Map.of("removed", entry.digest().toString()), "removed base VM " + entry.name());
    }
    return ExitCode.OK.code();
  }
}
