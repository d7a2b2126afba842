package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.overlay.OverlayImage;
import io.cloudlet.sidecar.overlay.OverlayManifest;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every way of starting an overlay's VM works with.
 *
 * @param base the base VM, and {@code images} those of it that the overlay refers to
 * @param blobs the overlay's, verified
 * @param stall for how long nothing may move
 */
record OverlayStart(
    BaseVm base,
    BaseImages images,
    OverlayReader overlay,
    StateBlobs blobs,
    VmTarget target,
    SynthesisLimits limits,
    Duration stall,
    SynthesisListener listener) {

  OverlayManifest manifest() {
    return overlay.manifest();
  }

  /** The overlay's blocks of memory, in its own order. */
  MemoryBlocks blocks() {
    List<ImageId> ids = manifest().images().stream().map(OverlayImage::id).toList();
    return MemoryBlocks.of(ids, manifest().images().stream().map(OverlayImage::length).toList());
  }

  /** Where the blocks' content lies in an entry of the cache. */
  Map<ImageId, Path> memory(CacheFiles files) {
    Map<ImageId, Path> memory = new HashMap<>();
    for (int image = 0; image < manifest().images().size(); image++) {
      ImageId id = manifest().images().get(image).id();
      if (id.kind() == ImageKind.MEMORY) {
        memory.put(id, files.memory(image));
      }
    }
    return memory;
  }

  /** The main block's file in an entry of the cache. */
  Path mainMemory(CacheFiles files) {
    return files.memory(manifest().image(MemoryBlocks.MAIN));
  }

  /**
   * Runs the pipeline of an overlay while QEMU starts. When either fails, both end at once.
   *
   * @param qemu starts QEMU
   */
  StageTimes fillBeside(Targets work, TaskGroup.Task qemu) throws IOException {
    StageClock clock = new StageClock();
    try (Targets.Prepared prepared = work.prepare(limits, clock, listener);
        TaskGroup group = new TaskGroup("synthesis")) {
      group.start("qemu", qemu);
      prepared.pipeline().start(group);
      group.join();
    }
    return clock.times();
  }
}
