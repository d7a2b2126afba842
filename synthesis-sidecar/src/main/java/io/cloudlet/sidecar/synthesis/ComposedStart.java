package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Starts an overlay's VM on a new file with its whole memory, which is filled while QEMU starts:
 * nobody looks at the mapping before QEMU has the state of the devices. Afterwards the file is the
 * cache's, and never changes again.
 */
final class ComposedStart {
  private final OverlayStart start;
  private final RamCache cache;

  ComposedStart(OverlayStart start, RamCache cache) {
    this.start = start;
    this.cache = cache;
  }

  /** The running VM. */
  Synthesized run() throws IOException {
    Path folder = start.target().files().folder();
    try (VmResume vm = new VmResume(start.target(), start.stall());
        CacheDraft draft = cache.draft(start.overlay().root());
        VmDisk disk = VmDisk.create(start.base(), start.target().files().disk())) {
      Targets work = new Targets(start.overlay(), start.images());
      try (MemoryFiles files =
              MemoryFiles.plan(start.overlay(), start.images(), draft.files(), work);
          MemoryLink memory = MemoryLink.create(start.mainMemory(draft.files()), folder)) {
        StageTimes stages = fill(work, disk, vm, memory.file());
        vm.load(new WholeStream(start.blocks(), start.memory(draft.files()), start.blobs()));
        Synthesized result = vm.run(Way.COMPOSED, stages);
        disk.keep();
        memory.keep();
        draft.files().count("memory", files.bytes());
        draft.publish();
        return result;
      }
    }
  }

  private StageTimes fill(Targets work, VmDisk disk, VmResume vm, Path memory) throws IOException {
    DiskSink sink =
        DiskSynthesis.plan(
            start.overlay(), start.images(), ImageId.FIRST_DISK, disk.channel(), work);
    StageClock clock = new StageClock();
    try (TaskGroup group = new TaskGroup("synthesis")) {
      group.start("qemu", () -> vm.start(start.base(), memory));
      work.run(start.limits(), clock, start.listener());
      group.join();
    }
    sink.finish();
    return clock.times();
  }
}
