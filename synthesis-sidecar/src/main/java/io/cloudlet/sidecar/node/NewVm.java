package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;

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
      BaseStore.at(data.bases()).open(Digest.parse(record.base())).close();
      registry.add(record);
    }
    return new NewVm(registry, record);
  }

  VmFiles files() {
    return registry.folder(record.name()).files();
  }

  /** Notes the file that main memory is about to be mapped from. */
  void maps(String memoryFile) throws IOException {
    record = record.mapping(memoryFile);
    registry.write(record);
  }

  /** Lets a VM run whose state has been loaded, and notes it. */
  VmRecord runs(RunningVm vm) throws IOException {
    VmRecord running = record.running(vm.process(), vm.ports());
    vm.qmp().execute("cont");
    vm.release();
    // Last: a VM that is not noted as running is ended by whoever finds it.
    registry.write(running);
    runs = true;
    record = running;
    return running;
  }

  @Override
  public void close() throws IOException {
    if (!runs) {
      FolderProcesses.end(files().folder());
      registry.remove(record.name());
    }
  }
}
