package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Qcow2Writer;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/**
 * Starts an overlay's VM on the base's memory, and streams the overlay's pages to it while they are
 * decoded. QEMU starts on an empty disk at once; the disk's pages come into the same file, which
 * QEMU looks at again when it has the state of the devices.
 */
final class DeltaStart {
  private final OverlayReader overlay;
  private final StateBlobs blobs;
  private final VmTarget target;
  private final Duration stall;
  private final SynthesisLimits limits;
  private final SynthesisListener listener;

  DeltaStart(
      OverlayReader overlay,
      StateBlobs blobs,
      VmTarget target,
      Duration stall,
      SynthesisLimits limits,
      SynthesisListener listener) {
    this.overlay = overlay;
    this.blobs = blobs;
    this.target = target;
    this.stall = stall;
    this.limits = limits;
    this.listener = listener;
  }

  /** The running VM. */
  Synthesized run(BaseVm base, BaseImages images) throws IOException {
    Path path = target.files().disk();
    try (UnfinishedFile disk = new UnfinishedFile(path);
        FileChannel channel = create(path);
        VmResume vm = new VmResume(target, stall)) {
      MappedImage backing = base.image(ImageId.FIRST_DISK);
      Qcow2Writer.writeEmpty(channel, backing.length(), DiskSink.name(backing.path()));
      Synthesized result = run(base, images, channel, vm);
      disk.keep();
      return result;
    }
  }

  private Synthesized run(BaseVm base, BaseImages images, FileChannel channel, VmResume vm)
      throws IOException {
    Targets work = new Targets(overlay, images);
    DiskSink sink = DiskSynthesis.plan(overlay, images, ImageId.FIRST_DISK, channel, work);
    MemoryBlocks blocks = MappedStart.blocks(overlay.manifest());
    for (int image = 0; image < overlay.manifest().images().size(); image++) {
      int block = blocks.find(overlay.manifest().images().get(image).id());
      if (block >= 0) {
        work.stream(image, block);
      }
    }
    StageClock clock = new StageClock();
    try (Targets.Prepared prepared = work.prepare(limits, clock, listener);
        TaskGroup group = new TaskGroup("synthesis")) {
      DeltaStream stream = new DeltaStream(overlay, images, blocks, blobs, prepared, sink::finish);
      group.start(
          "qemu",
          () -> {
            vm.start(base, base.path(MemoryBlocks.MAIN));
            vm.load(stream);
          });
      prepared.pipeline().start(group);
      group.join();
    }
    return vm.run(Way.DELTA, clock.times());
  }

  private static FileChannel create(Path path) throws IOException {
    return FileChannel.open(
        path,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }
}
