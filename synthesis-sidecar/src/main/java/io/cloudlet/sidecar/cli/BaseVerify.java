package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code base verify}. */
@Command(name = "verify", description = "Reads all of a base VM and compares it with its digests.")
final class BaseVerify implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "BASE", description = "Its name, or the first digits of its digest.")
  private String base;

  BaseVerify(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    BaseStore store = BaseStore.at(session.data().bases());
    BaseEntry entry = store.find(base);
    long bytes = entry.manifest().bytes();
    try (Progress.Stage stage = session.output().progress().begin("verifying", bytes)) {
      store.verify(entry, stage::advance);
    }
    session.output().result(BaseView.of(entry), "base VM " + entry.name() + " is intact");
    return ExitCode.OK.code();
  }
}
