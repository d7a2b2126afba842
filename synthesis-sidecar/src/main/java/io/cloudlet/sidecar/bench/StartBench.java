package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.qemu.ProcessHost;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuCommand;
import io.cloudlet.sidecar.qemu.QemuLauncher;
import io.cloudlet.sidecar.qemu.QemuProcess;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import io.cloudlet.sidecar.synthesis.BaseImages;
import io.cloudlet.sidecar.synthesis.CacheFill;
import io.cloudlet.sidecar.synthesis.RamCache;
import io.cloudlet.sidecar.synthesis.SynthesisLimits;
import io.cloudlet.sidecar.synthesis.SynthesisListener;
import io.cloudlet.sidecar.synthesis.Synthesized;
import io.cloudlet.sidecar.synthesis.Synthesizer;
import io.cloudlet.sidecar.synthesis.VmTarget;
import io.cloudlet.sidecar.synthesis.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Starts the customised VM in several ways, each time in a folder of its own, and ends it. */
final class StartBench {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final long CACHE_BYTES = 64L << 30;

  private final QemuBinary qemu;
  private final Machine machine;
  private final BaseVm base;
  private final Path scratch;

  /**
   * Of one base.
   *
   * @param scratch folder for the VMs and the cache, in the file system of the base
   */
  StartBench(QemuBinary qemu, BaseVm base, Path scratch) {
    this.qemu = qemu;
    this.machine = base.manifest().machine();
    this.base = base;
    this.scratch = scratch;
  }

  /** From the start of QEMU until the guest runs, out of a stream that the page cache holds. */
  double byQemu(BenchState state) throws IOException {
    VmFiles files = newFolder();
    Files.copy(state.disk(), files.disk());
    // The filter of system calls would keep QEMU from running cat.
    QemuBinary unfiltered = new QemuBinary(qemu.command(), qemu.version(), false);
    QemuCommand command =
        new QemuCommand(
            unfiltered,
            machine,
            base.kernel().orElse(null),
            base.initrd().orElse(null),
            null,
            true);
    long start = System.nanoTime();
    QemuProcess process = new QemuLauncher().start(command, files, LIMIT);
    try (QmpClient qmp = QmpClient.connect(files.qmp(), LIMIT)) {
      new QemuOwn(qmp).load(state.stream());
      qmp.execute("cont");
      return (System.nanoTime() - start) / 1e9;
    } finally {
      process.kill();
      Partials.deleteTree(files.folder());
    }
  }

  /** From opening the overlay until the guest runs. */
  double firstTime(Path overlay) throws IOException {
    VmFiles files = newFolder();
    long start = System.nanoTime();
    try (OverlayReader reader = OverlayReader.open(overlay)) {
      Synthesized vm = synthesize(new RamCache(scratch.resolve("none"), 0), reader, files);
      double seconds = (System.nanoTime() - start) / 1e9;
      require(vm, Way.DELTA);
      return seconds;
    } finally {
      Partials.deleteTree(files.folder());
    }
  }

  /** From the start of QEMU until the guest runs, once the node's cache is full. */
  double again(Path overlay) throws IOException {
    RamCache cache = new RamCache(scratch.resolve("cache"), CACHE_BYTES);
    VmFiles files = newFolder();
    try (OverlayReader reader = OverlayReader.open(overlay)) {
      try (BaseImages images = BaseImages.of(base, reader)) {
        new CacheFill(cache, SynthesisLimits.ofThisMachine(), SynthesisListener.NONE)
            .run(reader, images);
      }
      Synthesized vm = synthesize(cache, reader, files);
      require(vm, Way.MAPPED);
      return vm.times().qemuMillis() / 1e3;
    } finally {
      Partials.deleteTree(files.folder());
    }
  }

  private Synthesized synthesize(RamCache cache, OverlayReader overlay, VmFiles files)
      throws IOException {
    Synthesized vm =
        new Synthesizer(cache, SynthesisLimits.ofThisMachine(), LIMIT, SynthesisListener.NONE)
            .synthesize(base, overlay, new VmTarget(qemu, machine, new ProcessHost(files)));
    vm.qemu().kill();
    return vm;
  }

  private VmFiles newFolder() throws IOException {
    return new VmFiles(Folders.create(Partials.siblingOf(scratch.resolve("vm"))));
  }

  private static void require(Synthesized vm, Way way) {
    if (vm.way() != way) {
      throw new IllegalStateException("the VM started by way " + vm.way() + ", not " + way);
    }
  }
}
