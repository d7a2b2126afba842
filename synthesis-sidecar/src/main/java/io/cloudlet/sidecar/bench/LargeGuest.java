package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.guest.GuestConsole;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.ResumeBase;
import io.cloudlet.sidecar.node.SynthesisRequest;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A guest of 4 GiB with much new memory: does a command's own memory grow with it? */
final class LargeGuest {
  static final long MEMORY_BYTES = 4L << 30;

  private static final BaseName BASE = new BaseName("debian-4g");
  private static final VmName CAPTURED = new VmName("large");
  private static final VmName RESUMED = new VmName("large-again");
  private static final Duration FILLING = Duration.ofMinutes(10);

  private final Workplace workplace;
  private final QemuBinary qemu;
  private final Progress progress;

  LargeGuest(Workplace workplace, QemuBinary qemu, Progress progress) {
    this.workplace = workplace;
    this.qemu = qemu;
    this.progress = progress;
  }

  /** Captures and synthesises one. */
  List<Footprint> measure(FootprintBench bench, Machine machine, Path scratch) throws IOException {
    BaseEntry base = workplace.base(BASE, machine);
    VmLifecycle lifecycle = new VmLifecycle(workplace.data());
    VmRegistry registry = new VmRegistry(workplace.data());
    for (VmName name : List.of(CAPTURED, RESUMED)) {
      if (registry.find(name).isPresent()) {
        lifecycle.remove(name, true);
      }
    }
    Path overlay = scratch.resolve("large.overlay");
    new ResumeBase(workplace.data(), qemu, progress)
        .run(base, new SynthesisRequest(CAPTURED, null, false));
    try (Progress.Stage _ = progress.begin("a guest of 4 GiB", 0)) {
      try (GuestConsole console = GuestConsole.open(registry.folder(CAPTURED).files().console())) {
        console.run("head -c 1800M /dev/urandom > /dev/shm/filling", FILLING);
      }
      return List.of(
          bench.capture(CAPTURED, overlay, Effort.BALANCED, "capture, guest of 4 GiB"),
          bench.synthesis(RESUMED, overlay, "synthesis, guest of 4 GiB"));
    } finally {
      lifecycle.remove(CAPTURED, true);
    }
  }
}
