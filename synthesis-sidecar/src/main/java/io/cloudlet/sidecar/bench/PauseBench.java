package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.node.AfterCapture;
import io.cloudlet.sidecar.node.CaptureOverlay;
import io.cloudlet.sidecar.node.CaptureRequest;
import io.cloudlet.sidecar.node.CaptureResult;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.SynthesisRequest;
import io.cloudlet.sidecar.node.SynthesizeOverlay;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.qemu.PausedVm;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A running VM in the customised state, of which captures are made. Closing ends it. */
final class PauseBench implements AutoCloseable {
  static final VmName NAME = new VmName("measured");
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final DataDirectory data;
  private final VmFiles files;

  private PauseBench(DataDirectory data, VmFiles files) {
    this.data = data;
    this.files = files;
  }

  /** Starts the VM out of an overlay. */
  static PauseBench start(DataDirectory data, QemuBinary qemu, Path overlay) throws IOException {
    VmRegistry registry = new VmRegistry(data);
    if (registry.find(NAME).isPresent()) {
      new VmLifecycle(data).remove(NAME, true);
    }
    try (OverlayReader reader = OverlayReader.open(overlay)) {
      new SynthesizeOverlay(data, qemu, Progress.SILENT)
          .run(reader, new SynthesisRequest(NAME, null, false));
    }
    return new PauseBench(data, registry.folder(NAME).files());
  }

  /** Seconds that the guest stands still while this program captures it. */
  double byCloudlet(Path target) throws IOException {
    CaptureResult result = capture(target, false);
    Files.delete(target);
    return result.pause().toNanos() / 1e9;
  }

  /**
   * Captures the VM and removes the overlay.
   *
   * @param squeeze whether to take the guest's unused memory before
   * @param name of the result, whose time is that of the whole capture
   */
  Compression capture(Path target, boolean squeeze, String name) throws IOException {
    CaptureResult result = capture(target, squeeze);
    Files.delete(target);
    double seconds = result.total().toNanos() / 1e9;
    return new Compression(name, result.overlay().length(), seconds, true);
  }

  private CaptureResult capture(Path target, boolean squeeze) throws IOException {
    AfterCapture after = AfterCapture.CONTINUE;
    return new CaptureOverlay(data, Progress.SILENT)
        .run(new CaptureRequest(NAME, target, Effort.FAST, after, false, squeeze));
  }

  /** Seconds that the guest stands still while QEMU saves it into memory. */
  double byQemu() throws IOException {
    Path target = Files.createTempFile(SHARED_MEMORY, "cloudlet", ".stream");
    try (QmpClient qmp = QmpClient.connect(files.qmp(), LIMIT)) {
      long start = System.nanoTime();
      try (PausedVm _ = PausedVm.pause(qmp)) {
        new QemuOwn(qmp).save(target);
      }
      return (System.nanoTime() - start) / 1e9;
    } finally {
      Files.delete(target);
    }
  }

  @Override
  public void close() throws IOException {
    new VmLifecycle(data).remove(NAME, true);
  }
}
