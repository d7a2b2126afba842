package io.cloudlet.sidecar.cli;

import io.cloudlet.api.words.MemorySize;
import io.cloudlet.sidecar.node.VmRegistry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code vm ls}. */
@Command(name = "ls", description = "Lists the VMs.")
final class VmLs implements Callable<Integer> {
  private final Session session;

  VmLs(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    List<VmView> vms = new VmRegistry(session.data()).list().stream().map(VmView::of).toList();
    Table table = new Table("NAME", "STATE", "CPUS", "MEMORY", "PORTS", "BASE", "OVERLAY");
    for (VmView vm : vms) {
      table.row(
          vm.name(),
          vm.state(),
          Integer.toString(vm.cpus()),
          MemorySize.of(vm.memoryBytes()),
          String.join(",", vm.ports()),
          Amount.digest(vm.base()),
          vm.overlay() == null ? "-" : Amount.digest(vm.overlay()));
    }
    session.output().result(vms, vms.isEmpty() ? "no VMs" : table.toString());
    return ExitCode.OK.code();
  }
}
