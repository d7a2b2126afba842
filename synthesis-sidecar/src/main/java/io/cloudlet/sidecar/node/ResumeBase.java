package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.synthesis.SynthesisLimits;
import io.cloudlet.sidecar.synthesis.SynthesisListener;
import io.cloudlet.sidecar.synthesis.Synthesized;
import io.cloudlet.sidecar.synthesis.Synthesizer;
import io.cloudlet.sidecar.synthesis.VmTarget;
import java.io.IOException;
import java.time.Duration;

/** Starts a VM in the state that its base VM was captured in, or boots it from the base's disk. */
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

  /** Starts the VM; it runs when this returns, and there is none when this fails. */
  public SynthesisResult run(BaseEntry entry, SynthesisRequest request) throws IOException {
    long start = System.nanoTime();
    VmName name = request.name();
    try (ResourceLock _ = data.lockVm(name);
        BaseVm base = BaseStore.at(data.bases()).open(entry)) {
      Machine machine = request.machine(base.manifest().machine());
      VmRecord record =
          VmRecord.starting(name, base.digest(), null, machine, request.owner()).in(request.pod());
      String what = (request.diskOnly() ? "booting " : "resuming ") + name;
      try (NewVm vm = NewVm.register(data, record);
          Progress.Stage _ = progress.begin(what, 0)) {
        return request.diskOnly()
            ? boot(base, vm, machine, start)
            : resume(base, vm, machine, start);
      }
    }
  }

  private SynthesisResult resume(BaseVm base, NewVm vm, Machine machine, long start)
      throws IOException {
    Synthesizer synthesizer =
        new Synthesizer(
            RamCaches.of(data),
            SynthesisLimits.ofThisMachine(),
            Limits.STALL,
            SynthesisListener.NONE);
    Synthesized made = synthesizer.resume(base, new VmTarget(qemu, machine, vm.host()));
    Duration total = Duration.ofNanos(System.nanoTime() - start);
    return new SynthesisResult(vm.alreadyRuns(machine), made.way(), made.times(), total);
  }

  private SynthesisResult boot(BaseVm base, NewVm vm, Machine machine, long start)
      throws IOException {
    EmptyLayer.create(base.path(ImageId.FIRST_DISK), vm.files().disk());
    vm.boot(qemu, machine, base);
    Duration total = Duration.ofNanos(System.nanoTime() - start);
    return new SynthesisResult(vm.alreadyRuns(machine), null, null, total);
  }
}
