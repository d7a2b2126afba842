package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.delta.BaseMemory;
import io.cloudlet.sidecar.delta.OverlaySummary;
import io.cloudlet.sidecar.delta.RamSpool;
import io.cloudlet.sidecar.delta.SpoolFolder;
import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.qemu.LiveQemu;
import io.cloudlet.sidecar.qemu.MemorySave;
import io.cloudlet.sidecar.qemu.PausedVm;
import io.cloudlet.sidecar.qemu.SnapshotLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes an overlay of a VM of this machine.
 *
 * <p>Whatever fails: the VM runs as before, and there is no overlay under the final name.
 */
public final class CaptureOverlay {
  private final DataDirectory data;
  private final VmRegistry registry;
  private final Progress progress;

  /** In a data directory. */
  public CaptureOverlay(DataDirectory data, Progress progress) {
    this.data = data;
    this.registry = new VmRegistry(data);
    this.progress = progress;
  }

  /** Does it. */
  public CaptureResult run(CaptureRequest request) throws IOException {
    long start = System.nanoTime();
    Path folder = folderOf(request.target());
    try (ResourceLock _ = data.lockVm(request.vm())) {
      VmRecord vm = registry.get(request.vm());
      requireCapturable(vm, request);
      try (BaseVm base = BaseStore.at(data.bases()).open(Digest.parse(vm.base()))) {
        OverlayMaker maker = new OverlayMaker(base, vm.machine(), request, progress);
        Made made = vm.isAlive() ? live(vm, base, maker, request, folder) : ended(vm, maker);
        finish(vm, request.after());
        Duration total = Duration.ofNanos(System.nanoTime() - start);
        return new CaptureResult(made.overlay(), made.pause(), total);
      }
    }
  }

  private record Made(OverlaySummary overlay, Duration pause) {}

  private static Path folderOf(Path target) throws IOException {
    AtomicFile.requireFile(target);
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NotFoundException("there is no folder " + folder + "; make it first");
    }
    return folder;
  }

  private static void requireCapturable(VmRecord vm, CaptureRequest request)
      throws CloudletException {
    if (!vm.isAlive() && !request.diskOnly()) {
      throw new CloudletException(
          "VM "
              + vm.name()
              + " does not run, so it has no memory to capture; capture its disk with --disk-only");
    }
  }

  /** A VM that does not run: its disk alone, which nobody writes to. */
  private Made ended(VmRecord vm, OverlayMaker maker) throws IOException {
    return new Made(maker.diskOnly(registry.disk(vm)), Duration.ZERO);
  }

  private Made live(
      VmRecord vm, BaseVm base, OverlayMaker maker, CaptureRequest request, Path folder)
      throws IOException {
    CaptureRecovery recovery = new CaptureRecovery(vm, registry);
    recovery.note(folder);
    try (RunningVm running = RunningVm.connect(registry.files(vm), vm.machine());
        RamSpool spool = new RamSpool(BaseMemory.of(base), spoolFolder(vm))) {
      if (request.squeeze() && vm.machine().balloon()) {
        try (Progress.Stage _ = progress.begin("squeezing the guest", 0)) {
          running.squeeze();
        }
      }
      return request.after() == AfterCapture.CONTINUE
          ? whileRunning(vm, running, spool, maker, request, recovery)
          : whilePaused(vm, running, spool, maker, request);
    } catch (IOException | RuntimeException | Error e) {
      CleanUp.after(e, recovery::recover);
      throw e;
    }
  }

  private Path spoolFolder(VmRecord vm) {
    return SpoolFolder.choose(vm.machine().memoryBytes(), data.temporary());
  }

  /** The guest hardly stands still; a layer keeps its disk as it was in that instant. */
  private Made whileRunning(
      VmRecord vm,
      RunningVm running,
      RamSpool spool,
      OverlayMaker maker,
      CaptureRequest request,
      CaptureRecovery recovery)
      throws IOException {
    SnapshotLayer layer = new SnapshotLayer(running.qmp(), running.handle(), Limits.DISK_JOB);
    layer.prepare();
    Duration pause = request.diskOnly() ? freeze(running, layer) : save(running, spool, layer);
    running.release();
    OverlaySummary overlay = make(maker, registry.disk(vm), spool, request);
    try (Progress.Stage _ = progress.begin("joining disk layers", 0)) {
      layer.remove();
    }
    recovery.done();
    return new Made(overlay, pause);
  }

  private static Duration freeze(RunningVm running, SnapshotLayer layer) throws IOException {
    long paused = System.nanoTime();
    try (PausedVm _ = PausedVm.pause(running.qmp())) {
      layer.freeze();
    }
    return Duration.ofNanos(System.nanoTime() - paused);
  }

  private Duration save(RunningVm running, RamSpool spool, SnapshotLayer layer) throws IOException {
    try (SavingProgress shown = new SavingProgress(progress)) {
      return memorySave(running)
          .saveRunning(
              spool,
              () -> {
                shown.paused();
                layer.freeze();
              });
    }
  }

  /** Nobody needs the guest to run on, so its disk stays as it is by itself. */
  private Made whilePaused(
      VmRecord vm, RunningVm running, RamSpool spool, OverlayMaker maker, CaptureRequest request)
      throws IOException {
    running.qmp().execute("stop");
    if (!request.diskOnly()) {
      try (Progress.Stage _ = progress.begin("saving memory", 0)) {
        memorySave(running).save(spool);
      }
    }
    return new Made(make(maker, registry.disk(vm), spool, request), Duration.ZERO);
  }

  private static MemorySave memorySave(RunningVm running) {
    return new MemorySave(running.qmp(), running.handle(), Limits.STALL);
  }

  private static OverlaySummary make(
      OverlayMaker maker, Path disk, RamSpool spool, CaptureRequest request) throws IOException {
    return request.diskOnly() ? maker.diskOnly(disk) : maker.whole(disk, spool);
  }

  private void finish(VmRecord vm, AfterCapture after) throws IOException {
    if (after == AfterCapture.CONTINUE) {
      return;
    }
    Optional<LiveQemu> qemu = registry.host(vm).find();
    if (qemu.isPresent()) {
      qemu.get().stop(Limits.STOP);
    }
    if (after == AfterCapture.DELETE) {
      registry.remove(vm.name());
    } else {
      registry.write(vm.stopped());
      Files.deleteIfExists(registry.folder(vm.name()).captureJournal());
    }
  }
}
