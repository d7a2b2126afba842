package io.cloudlet.sidecar.synthesis;

import java.io.IOException;

/**
 * Starts an overlay's VM on the base's memory, and streams the overlay's pages to it while they are
 * decoded. QEMU starts on an empty disk at once; the disk's pages come meanwhile.
 */
final class DeltaStart {
  private final OverlayStart start;

  DeltaStart(OverlayStart start) {
    this.start = start;
  }

  /** The running VM. */
  Synthesized run() throws IOException {
    try (VmResume vm = new VmResume(start.target(), start.stall());
        OverlayDisk disk = OverlayDisk.own(start)) {
      Targets work = new Targets(start.overlay(), start.images());
      DiskSink sink = disk.plan(start, work).orElseThrow();
      StageTimes stages = stream(work, sink, vm);
      Synthesized result = vm.run(Way.DELTA, stages);
      disk.keep();
      return result;
    }
  }

  private StageTimes stream(Targets work, DiskSink sink, VmResume vm) throws IOException {
    MemoryBlocks blocks = start.blocks();
    for (int image = 0; image < start.manifest().images().size(); image++) {
      int block = blocks.find(start.manifest().images().get(image).id());
      if (block >= 0) {
        work.stream(image, block);
      }
    }
    StageClock clock = new StageClock();
    try (Targets.Prepared prepared = work.prepare(start.limits(), clock, start.listener());
        TaskGroup group = new TaskGroup("synthesis")) {
      DeltaStream stream =
          new DeltaStream(
              start.overlay(), start.images(), blocks, start.blobs(), prepared, sink::finish);
      group.start(
          "qemu",
          () -> {
            vm.start(start.base(), start.base().path(MemoryBlocks.MAIN));
            vm.load(stream);
          });
      prepared.pipeline().start(group);
      group.join();
    }
    return clock.times();
  }
}
