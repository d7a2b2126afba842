package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.image.Qcow2Layer;
import io.cloudlet.sidecar.qemu.MemorySave;
import io.cloudlet.sidecar.qemu.PausedVm;
import io.cloudlet.sidecar.qemu.SnapshotLayer;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Undoes what a capture has done to a VM, from whatever point it had come to: the VM runs, its disk
 * is one file again, its memory is its own. For whoever holds the VM's lock: the capture itself
 * when it fails, or the next command when it was killed.
 *
 * @param vm a VM that was running
 * @param registry where it is noted
 */
record CaptureRecovery(VmRecord vm, VmRegistry registry) {
  /** Before the first step: notes that a capture begins, and where it writes. */
  void note(Path target) throws IOException {
    journal().write(new CaptureJournal(target.toString()));
  }

  /** After the last one. */
  void done() throws IOException {
    Files.deleteIfExists(note());
  }

  /** Whether a capture has begun and not ended. */
  boolean isNeeded() {
    return Files.exists(note());
  }

  /** Undoes it. Does no harm when there is nothing to undo. */
  void recover() throws IOException {
    if (vm.isAlive()) {
      try (RunningVm running = RunningVm.connect(registry.files(vm), vm.machine())) {
        new MemorySave(running.qmp(), running.handle(), Limits.STALL).abandon();
        if (!PausedVm.isRunning(running.qmp())) {
          PausedVm.runOn(running.qmp());
        }
        running.release();
        new SnapshotLayer(running.qmp(), running.handle(), Limits.DISK_JOB).remove();
      }
    } else {
      dead().join();
    }
    Partials.clean(Path.of(journal().read().folder()));
    done();
  }

  /** What is in a pod's folder goes with it, and is another user's: here it is this program's. */
  private DeadLayer dead() throws IOException {
    VmFiles own = registry.folder(vm.name()).files();
    VmFiles there = registry.files(vm);
    if (!there.equals(own) && Files.exists(own.disk())) {
      // Refuses a header that leads the tools which join the two elsewhere.
      Qcow2Layer.open(own.disk()).close();
      DeadLayer.fetch(there.layer(), own.layer());
    }
    return new DeadLayer(own);
  }

  private Path note() {
    return registry.folder(vm.name()).captureJournal();
  }

  private JsonFile<CaptureJournal> journal() {
    return new JsonFile<>(note(), CaptureJournal.class);
  }
}
