package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuCommand;
import io.cloudlet.sidecar.qemu.QemuHost;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A VM that is being started by whoever holds its lock. Unless it came to run, closing ends its
 * process and removes its folder.
 */
final class NewVm implements AutoCloseable {
  private final VmRegistry registry;
  private VmRecord record;
  private boolean runs;

  private NewVm(VmRegistry registry, VmRecord record) {
    this.registry = registry;
    this.record = record;
  }

  /** Adds the VM to the users of its base VM, which therefore stays. */
  static NewVm register(DataDirectory data, VmRecord record) throws IOException {
    VmRegistry registry = new VmRegistry(data);
    try (ResourceLock _ = data.lockBases()) {
      Digest base = Digest.parse(record.base());
      BaseStore.at(data.bases()).open(base).close();
      registry.add(record);
      BaseUse.note(data, base);
    }
    return new NewVm(registry, record);
  }

  /** Where it starts. */
  QemuHost host() {
    return registry.host(record);
  }

  VmFiles files() {
    return host().files();
  }

  /** Boots it from its disk, which is there. */
  void boot(QemuBinary qemu, Machine machine, BaseVm base) throws IOException {
    QemuCommand command =
        new QemuCommand(
            qemu, machine, base.kernel().orElse(null), base.initrd().orElse(null), null, false);
    RunningVm.start(command, host()).close();
  }

  /** Notes a VM whose guest has come to run, from whatever state. */
  VmRecord alreadyRuns(Machine machine) throws IOException {
    try (RunningVm vm = RunningVm.connect(files(), machine)) {
      // It may have been captured while its balloon was inflated.
      vm.release();
      VmRecord running = record.running(processOf(vm), vm.ports());
      // Last: a VM that is not noted as running is ended by whoever finds it.
      registry.write(running);
      runs = true;
      record = running;
      host().born();
      return running;
    }
  }

  private @Nullable ProcessId processOf(RunningVm vm) throws IOException {
    return record.pod() == null ? vm.process() : null;
  }

  @Override
  public void close() throws IOException {
    if (!runs) {
      host().clear();
      registry.remove(record.name());
    }
  }
}
