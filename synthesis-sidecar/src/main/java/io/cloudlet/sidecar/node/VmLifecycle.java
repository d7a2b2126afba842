package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.qemu.QemuProcess;
import java.io.IOException;
import java.util.Optional;

/** Ends VMs and removes them. */
public final class VmLifecycle {
  private final DataDirectory data;
  private final VmRegistry registry;

  /** In a data directory. */
  public VmLifecycle(DataDirectory data) {
    this.data = data;
    this.registry = new VmRegistry(data);
  }

  /**
   * Ends a VM's process, as a power cut would; what it has written to its disk is kept.
   *
   * @return whether it ran
   */
  public boolean stop(VmName name) throws IOException {
    try (ResourceLock _ = data.lockVm(name)) {
      VmRecord vm = registry.get(name);
      boolean ran = end(vm);
      registry.write(vm.stopped());
      return ran;
    }
  }

  /**
   * Removes a VM and all that it has become.
   *
   * @param force also when it runs
   * @throws CloudletException when it runs and is not to be forced
   */
  public void remove(VmName name, boolean force) throws IOException {
    try (ResourceLock _ = data.lockVm(name)) {
      VmRecord vm = registry.get(name);
      if (vm.isAlive() && !force) {
        throw new CloudletException(
            "VM " + name + " is running; end it with 'vm stop " + name + "' first, or use --force");
      }
      end(vm);
      registry.remove(name);
    }
  }

  private boolean end(VmRecord vm) throws IOException {
    Optional<QemuProcess> process = QemuProcess.find(registry.folder(vm.name()).files());
    if (process.isEmpty()) {
      return false;
    }
    process.get().stop(Limits.STOP);
    return true;
  }
}
