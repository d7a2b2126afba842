package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.qemu.LiveQemu;
import java.io.IOException;
import java.time.Duration;
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
   * Ends a VM: asks its guest to shut down, and ends its process when the guest does not.
   *
   * @param patience for the guest; when zero it is not asked
   */
  public Ended stop(VmName name, Duration patience) throws IOException {
    try (ResourceLock _ = data.lockVm(name)) {
      VmRecord vm = registry.get(name);
      Ended how = shutDown(vm, patience) ? Ended.SHUT_DOWN : cutOff(vm);
      registry.write(vm.stopped());
      return how;
    }
  }

  /**
   * Presses the power button of a VM's guest, and waits until it has shut down. Needs no right to
   * change the VM.
   *
   * @return whether it has
   */
  public boolean powerDown(VmRecord vm, Duration patience) throws IOException {
    return shutDown(vm, patience);
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
      cutOff(vm);
      registry.remove(name);
    }
  }

  private boolean shutDown(VmRecord vm, Duration patience) throws IOException {
    Optional<LiveQemu> process = registry.host(vm).find();
    return process.isPresent() && patience.isPositive() && process.get().powerDown(patience);
  }

  private Ended cutOff(VmRecord vm) throws IOException {
    Optional<LiveQemu> process = registry.host(vm).find();
    if (process.isEmpty()) {
      return Ended.BEFORE;
    }
    process.get().stop(Limits.STOP);
    return Ended.CUT_OFF;
  }
}
