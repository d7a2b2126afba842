package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.DirectKernel;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.AfterCapture;
import io.cloudlet.sidecar.node.BaseRequest;
import io.cloudlet.sidecar.node.CacheOverlay;
import io.cloudlet.sidecar.node.CaptureOverlay;
import io.cloudlet.sidecar.node.CaptureRequest;
import io.cloudlet.sidecar.node.CaptureResult;
import io.cloudlet.sidecar.node.CreateBase;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.ImportBase;
import io.cloudlet.sidecar.node.Leftovers;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.ReadyWhen;
import io.cloudlet.sidecar.node.ResumeBase;
import io.cloudlet.sidecar.node.SynthesisRequest;
import io.cloudlet.sidecar.node.SynthesisResult;
import io.cloudlet.sidecar.node.SynthesizeOverlay;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A data directory that plays a node: nothing in it knows of the other one. */
record DemoNode(DataDirectory data, QemuBinary qemu, Progress progress) implements AutoCloseable {
  private static final BaseName BASE = new BaseName("demo");
  private static final Duration BOOT = Duration.ofMinutes(3);

  /** An empty node; what an earlier demo has left there is removed. */
  static DemoNode open(Path root, QemuBinary qemu, Progress progress) throws IOException {
    DemoNode left = new DemoNode(DataDirectory.open(root, "demo"), qemu, progress);
    left.close();
    return new DemoNode(DataDirectory.open(root, "demo"), qemu, progress);
  }

  BaseEntry createBase(GuestImage guest, Accelerator accelerator) throws IOException {
    Machine machine =
        new Machine(
            Machine.LAYOUT,
            qemu.version().machineType(),
            "qemu64",
            1,
            guest.memoryBytes(),
            accelerator,
            List.of(new Port(0, guest.port())),
            new DirectKernel(true, guest.append()),
            true);
    BaseRequest request =
        new BaseRequest(
            BASE,
            guest.disk(),
            machine,
            guest.kernel(),
            guest.initrd(),
            new ReadyWhen.ConsolePrints(guest.ready()),
            BOOT,
            true);
    new CreateBase(data, qemu, progress).run(request);
    return base();
  }

  BaseEntry base() throws IOException {
    return store().find(BASE.text());
  }

  void exportBase(Path file) throws IOException {
    try (Progress.Stage stage = progress.begin("exporting", 0)) {
      store().exportTo(base(), file, stage::advance);
    }
  }

  void importBase(Path file) throws IOException {
    new ImportBase(data, progress).run(file.toString(), null);
  }

  VmRecord resume(VmName name) throws IOException {
    return new ResumeBase(data, qemu, progress)
        .run(base(), new SynthesisRequest(name, null, false))
        .vm();
  }

  CaptureResult capture(VmName name, Path file) throws IOException {
    return new CaptureOverlay(data, progress)
        .run(new CaptureRequest(name, file, Effort.BALANCED, AfterCapture.STOP, false, false));
  }

  SynthesisResult synthesize(Path file, VmName name) throws IOException {
    try (OverlayReader overlay = OverlayReader.open(file)) {
      return new SynthesizeOverlay(data, qemu, progress)
          .run(overlay, new SynthesisRequest(name, null, false));
    }
  }

  void cache(Path file) throws IOException {
    try (OverlayReader overlay = OverlayReader.open(file)) {
      new CacheOverlay(data, progress).run(overlay);
    }
  }

  private BaseStore store() throws IOException {
    return BaseStore.at(data.bases());
  }

  /** Ends its VMs and removes everything. */
  @Override
  public void close() throws IOException {
    Leftovers.clear(data);
    for (VmRecord vm : new VmRegistry(data).list()) {
      new VmLifecycle(data).remove(vm.name(), true);
    }
    Partials.deleteTree(data.root());
  }
}
