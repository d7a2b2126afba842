package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.image.Allocated;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vm info}. */
@Command(name = "info", description = "Shows a VM.")
final class VmInfo implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "VM", description = "Its name.")
  private VmName name;

  VmInfo(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    DataDirectory data = session.data();
    VmRegistry registry = new VmRegistry(data);
    VmRecord vm = registry.get(name);
    VmView view = VmView.of(vm);
    Table table =
        new Table("name", view.name())
            .row("state", view.state())
            .row("process", view.pid() == null ? "-" : view.pid().toString())
            .row("created", view.created())
            .row("base", view.base())
            .row("overlay", view.overlay() == null ? "-" : view.overlay())
            .row("forwarded", view.ports().isEmpty() ? "-" : String.join(", ", view.ports()));
    MachineText.rows(table, vm.machine());
    VmFiles files = registry.files(vm);
    table.row("disk", Amount.bytes(Allocated.bytes(files.disk())));
    if (Files.exists(files.sharedDisk())) {
      table.row("shared disk", Amount.bytes(Allocated.bytes(files.sharedDisk())));
    }
    table.row("folder", files.folder().toString());
    session.output().result(view, table.toString());
    return ExitCode.OK.code();
  }
}
