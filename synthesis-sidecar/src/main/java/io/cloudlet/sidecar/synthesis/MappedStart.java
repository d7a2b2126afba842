package io.cloudlet.sidecar.synthesis;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Starts an overlay's VM on the files that an earlier synthesis left in the cache. None of them is
 * copied: memory is mapped, and the disk's layer lies below the VM's own, which is empty.
 */
final class MappedStart {
  private final OverlayStart start;

  MappedStart(OverlayStart start) {
    this.start = start;
  }

  /** The running VM; empty when the cache lost its files meanwhile. */
  Optional<Synthesized> run(CacheFiles cached) throws IOException {
    try (VmResume vm = new VmResume(start.target(), start.stall());
        CacheLink memory =
            CacheLink.create(
                start.target().host(), start.mainMemory(cached), start.target().files().memory());
        OverlayDisk disk = OverlayDisk.cached(start, cached)) {
      StageTimes stages = fill(vm, memory.file(), disk);
      vm.load(new WholeStream(start.blocks(), start.memory(cached), start.blobs()));
      Synthesized result = vm.run(Way.MAPPED, stages);
      disk.keep();
      memory.keep();
      return Optional.of(result);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Starts QEMU; when only the memory got into the cache, the disk comes from the overlay. */
  private StageTimes fill(VmResume vm, Path memory, OverlayDisk disk) throws IOException {
    Targets work = new Targets(start.overlay(), start.images());
    Optional<DiskSink> sink = disk.plan(start, work);
    if (sink.isEmpty()) {
      vm.start(start.base(), memory);
      return StageTimes.NONE;
    }
    StageTimes stages = start.fillBeside(work, () -> vm.start(start.base(), memory));
    sink.get().finish();
    return stages;
  }
}
