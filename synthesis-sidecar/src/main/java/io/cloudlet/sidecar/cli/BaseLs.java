package io.cloudlet.sidecar.cli;

import io.cloudlet.api.words.MemorySize;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code base ls}. */
@Command(name = "ls", description = "Lists the base VMs.")
final class BaseLs implements Callable<Integer> {
  private final Session session;

  BaseLs(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    List<BaseView> bases = new ArrayList<>();
    Table table = new Table("NAME", "DIGEST", "CPUS", "MEMORY", "DISK", "STORED", "CREATED");
    for (BaseEntry entry : BaseStore.at(session.data().bases()).list()) {
      BaseView base = BaseView.of(entry);
      bases.add(base);
      table.row(
          base.name(),
          Amount.digest(base.digest()),
          Integer.toString(base.machine().cpus()),
          MemorySize.of(base.machine().memoryBytes()),
          Amount.bytes(base.diskBytes()),
          Amount.bytes(base.storedBytes()),
          base.created());
    }
    session.output().result(bases, bases.isEmpty() ? "no base VMs" : table.toString());
    return ExitCode.OK.code();
  }
}
