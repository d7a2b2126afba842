package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import java.io.IOException;

/**
 * Starts an overlay's VM on new files with its whole memory and all changes of its disk, which are
 * filled while QEMU starts: nobody looks at them before QEMU has the state of the devices.
 * Afterwards the files are the cache's, and never change again.
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
    try (VmResume vm = new VmResume(start.target(), start.stall());
        CacheDraft draft = cache.draft(start.overlay().root());
        OverlayDisk disk = OverlayDisk.composed(start, draft.files())) {
      Targets work = new Targets(start.overlay(), start.images());
      try (MemoryFiles files =
              MemoryFiles.plan(start.overlay(), start.images(), draft.files(), work);
          CacheLink memory =
              CacheLink.create(
                  start.target().host(),
                  start.mainMemory(draft.files()),
                  start.target().files().memory())) {
        DiskSink sink = disk.plan(start, work).orElseThrow();
        StageTimes stages = start.fillBeside(work, () -> vm.start(start.base(), memory.file()));
        sink.finish();
        vm.load(new WholeStream(start.blocks(), start.memory(draft.files()), start.blobs()));
        Synthesized result = vm.run(Way.COMPOSED, stages);
        disk.keep();
        memory.keep();
        publish(draft, files, disk);
        return result;
      }
    }
  }

  private void publish(CacheDraft draft, MemoryFiles memory, OverlayDisk disk) throws IOException {
    draft.files().count("memory", memory.bytes());
    if (disk.isShared()) {
      int image = start.manifest().image(ImageId.FIRST_DISK);
      draft.files().countDisk(image, start.overlay().index().images().get(image));
    }
    draft.publish();
  }
}
