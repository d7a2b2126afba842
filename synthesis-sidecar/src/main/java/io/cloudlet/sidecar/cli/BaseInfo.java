package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code base info}. */
@Command(name = "info", description = "Shows a base VM.")
final class BaseInfo implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "BASE", description = "Its name, or the first digits of its digest.")
  private String base;

  BaseInfo(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    BaseView view = BaseView.of(BaseStore.at(session.data().bases()).find(base));
    Table table =
        new Table("name", view.name())
            .row("digest", view.digest())
            .row("created", view.created())
            .row("disk", Amount.bytes(view.diskBytes()))
            .row("stored", Amount.bytes(view.storedBytes()));
    MachineText.rows(table, view.machine());
    session.output().result(view, table.toString());
    return ExitCode.OK.code();
  }
}
