package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Starts an overlay's VM from the files that an earlier synthesis left in the cache. */
final class MappedStart {
  private final OverlayStart start;

  MappedStart(OverlayStart start) {
    this.start = start;
  }

  /** The running VM; empty when the cache lost its files meanwhile. */
  Optional<Synthesized> run(CacheFiles cached) throws IOException {
    Path folder = start.target().files().folder();
    StageClock clock = new StageClock();
    try (VmResume vm = new VmResume(start.target(), start.stall());
        MemoryLink memory = MemoryLink.create(start.mainMemory(cached), folder);
        VmDisk disk = VmDisk.create(start.base(), start.target().files().disk())) {
      try (TaskGroup group = new TaskGroup("synthesis")) {
        group.start("qemu", () -> vm.start(start.base(), memory.file()));
        fillDisk(cached, disk, clock);
        group.join();
      }
      vm.load(new WholeStream(start.blocks(), start.memory(cached), start.blobs()));
      Synthesized result = vm.run(Way.MAPPED, clock.times());
      disk.keep();
      memory.keep();
      return Optional.of(result);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** From the cache or, when only the memory got there, from the overlay. */
  private void fillDisk(CacheFiles cached, VmDisk disk, StageClock clock) throws IOException {
    Path layer = cached.disk(start.manifest().image(ImageId.FIRST_DISK));
    if (Files.exists(layer)) {
      long begin = System.nanoTime();
      DiskCopy.copy(layer, disk.channel());
      StageClock.lap(clock.place(), begin);
      return;
    }
    Targets work = new Targets(start.overlay(), start.images());
    DiskSink sink =
        DiskSynthesis.plan(
            start.overlay(), start.images(), ImageId.FIRST_DISK, disk.channel(), work);
    work.run(start.limits(), clock, start.listener());
    sink.finish();
  }
}
