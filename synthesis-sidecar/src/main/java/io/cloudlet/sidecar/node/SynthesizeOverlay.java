package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.overlay.OverlayManifest;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.synthesis.BaseImages;
import io.cloudlet.sidecar.synthesis.DiskSynthesis;
import io.cloudlet.sidecar.synthesis.SynthesisLimits;
import io.cloudlet.sidecar.synthesis.Synthesized;
import io.cloudlet.sidecar.synthesis.Synthesizer;
import io.cloudlet.sidecar.synthesis.VmTarget;
import java.io.IOException;
import java.time.Duration;

/** Puts an overlay and its base VM together and lets the VM run. */
public final class SynthesizeOverlay {
  private final DataDirectory data;
  private final QemuBinary qemu;
  private final Progress progress;

  /** In a data directory, with a QEMU. */
  public SynthesizeOverlay(DataDirectory data, QemuBinary qemu, Progress progress) {
    this.data = data;
    this.qemu = qemu;
    this.progress = progress;
  }

  /**
   * Does it; there is no VM when this fails.
   *
   * @param overlay stays the caller's
   * @throws io.cloudlet.sidecar.base.NoSuchBaseException when the base VM is not here
   */
  public SynthesisResult run(OverlayReader overlay, SynthesisRequest request) throws IOException {
    long start = System.nanoTime();
    OverlayManifest manifest = overlay.manifest();
    Digest digest = manifest.base();
    Machine captured = manifest.machine();
    if (digest == null || captured == null) {
      throw new CloudletException(
          overlay.describe()
              + " is no VM's overlay, but the difference of files; use 'overlay apply'");
    }
    Machine machine = request.machine(captured);
    try (ResourceLock _ = data.lockVm(request.name());
        BaseVm base = BaseStore.at(data.bases()).open(digest);
        NewVm vm =
            NewVm.register(
                data,
                VmRecord.starting(request.name(), digest, overlay.root(), machine, request.owner())
                    .in(request.pod()))) {
      boolean boots = request.diskOnly() || manifest.blobs().isEmpty();
      return boots
          ? boot(overlay, base, vm, machine, start)
          : resume(overlay, base, vm, machine, start);
    }
  }

  private SynthesisResult resume(
      OverlayReader overlay, BaseVm base, NewVm vm, Machine machine, long start)
      throws IOException {
    Synthesized made;
    try (SynthesisProgress shown = new SynthesisProgress(progress, "synthesising")) {
      Synthesizer synthesizer =
          new Synthesizer(RamCaches.of(data), SynthesisLimits.ofThisMachine(), Limits.STALL, shown);
      made = synthesizer.synthesize(base, overlay, new VmTarget(qemu, machine, vm.host()));
    }
    Duration total = Duration.ofNanos(System.nanoTime() - start);
    return new SynthesisResult(vm.alreadyRuns(machine), made.way(), made.times(), total);
  }

  private SynthesisResult boot(
      OverlayReader overlay, BaseVm base, NewVm vm, Machine machine, long start)
      throws IOException {
    try (SynthesisProgress shown = new SynthesisProgress(progress, "laying the disk");
        BaseImages images = BaseImages.of(base, overlay)) {
      new DiskSynthesis(SynthesisLimits.ofThisMachine(), shown)
          .write(overlay, images, ImageId.FIRST_DISK, vm.files().disk());
    }
    vm.boot(qemu, machine, base);
    Duration total = Duration.ofNanos(System.nanoTime() - start);
    return new SynthesisResult(vm.alreadyRuns(machine), null, null, total);
  }
}
