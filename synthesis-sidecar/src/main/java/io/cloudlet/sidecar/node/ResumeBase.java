package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.synthesis.SynthesisLimits;
import io.cloudlet.sidecar.synthesis.SynthesisListener;
import io.cloudlet.sidecar.synthesis.Synthesizer;
import io.cloudlet.sidecar.synthesis.VmTarget;
import java.io.IOException;

/** Starts a VM in the state that its base VM was captured in. */
public final class ResumeBase {
  private final DataDirectory data;
  private final QemuBinary qemu;
  private final Progress progress;

  /** In a data directory, with a QEMU. */
  public ResumeBase(DataDirectory data, QemuBinary qemu, Progress progress) {
    this.data = data;
    this.qemu = qemu;
    this.progress = progress;
  }

  /**
   * Starts the VM; it runs when this returns, and there is none when this fails.
   *
   * @param machine the base VM's machine, maybe behind other ports
   */
  public VmRecord run(VmName name, BaseEntry entry, Machine machine) throws IOException {
    try (ResourceLock _ = data.lockVm(name);
        BaseVm base = BaseStore.at(data.bases()).open(entry);
        NewVm vm = NewVm.register(data, VmRecord.starting(name, base.digest(), null, machine));
        Progress.Stage _ = progress.begin("resuming " + name, 0)) {
      new Synthesizer(
              RamCaches.of(data),
              SynthesisLimits.ofThisMachine(),
              Limits.STALL,
              SynthesisListener.NONE)
          .resume(base, new VmTarget(qemu, machine, vm.files()));
      return vm.alreadyRuns(machine);
    }
  }
}
