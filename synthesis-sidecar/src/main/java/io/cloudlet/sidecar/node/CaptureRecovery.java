package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.qemu.MemorySave;
import io.cloudlet.sidecar.qemu.PausedVm;
import io.cloudlet.sidecar.qemu.SnapshotLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Undoes what a capture has done to a VM, from whatever point it had come to: the VM runs, its disk
 * is one file again, its memory is its own. For whoever holds the VM's lock: the capture itself
 * when it fails, or the next command when it was killed.
 *
 * @param vm a VM that was running
 * @param folder its files
 */
record CaptureRecovery(VmRecord vm, VmFolder folder) {
  /** Before the first step: notes that a capture begins, and where it writes. */
  void note(Path target) throws IOException {
    journal().write(new CaptureJournal(target.toString()));
  }

  /** After the last one. */
  void done() throws IOException {
    Files.deleteIfExists(folder.captureJournal());
  }

  /** Whether a capture has begun and not ended. */
  boolean isNeeded() {
    return Files.exists(folder.captureJournal());
  }

  /** Undoes it. Does no harm when there is nothing to undo. */
  void recover() throws IOException {
    if (vm.isAlive()) {
      try (RunningVm running = RunningVm.connect(folder.files(), vm.machine())) {
        new MemorySave(running.qmp(), running.handle(), Limits.STALL).abandon();
        if (!PausedVm.isRunning(running.qmp())) {
          PausedVm.runOn(running.qmp());
        }
        running.release();
        new SnapshotLayer(running.qmp(), running.handle(), Limits.DISK_JOB).remove();
      }
    } else {
      new DeadLayer(folder.files()).join();
    }
    Partials.clean(Path.of(journal().read().folder()));
    done();
  }

  private JsonFile<CaptureJournal> journal() {
    return new JsonFile<>(folder.captureJournal(), CaptureJournal.class);
  }
}
