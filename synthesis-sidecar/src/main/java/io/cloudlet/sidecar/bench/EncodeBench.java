package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.delta.BaseMemory;
import io.cloudlet.sidecar.delta.BaseView;
import io.cloudlet.sidecar.delta.ChangedImage;
import io.cloudlet.sidecar.delta.EncodeOptions;
import io.cloudlet.sidecar.delta.OverlayContent;
import io.cloudlet.sidecar.delta.OverlayEncoder;
import io.cloudlet.sidecar.delta.OverlaySummary;
import io.cloudlet.sidecar.delta.Progress;
import io.cloudlet.sidecar.delta.RamSpool;
import io.cloudlet.sidecar.delta.SpoolFolder;
import io.cloudlet.sidecar.image.DiskChain;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.overlay.BlobName;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.qemu.MigrationStreamFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes overlays of one saved state: from changed memory as a capture keeps it and the disk's layer
 * to a file that has been read back and verified. For one thread.
 */
final class EncodeBench implements AutoCloseable {
  private final BaseVm base;
  private final RamSpool spool;
  private final DiskChain disk;
  private final MigrationStreamFile stream;

  private EncodeBench(BaseVm base, RamSpool spool, DiskChain disk, MigrationStreamFile stream) {
    this.base = base;
    this.spool = spool;
    this.disk = disk;
    this.stream = stream;
  }

  /**
   * Takes a state in, as a capture does while the guest is paused.
   *
   * @param base stays the caller's
   * @param folder for changed memory when there is no room in memory
   */
  static EncodeBench open(BaseVm base, BenchState state, Path folder) throws IOException {
    MigrationStreamFile stream = MigrationStreamFile.open(state.stream());
    try {
      long memory = base.manifest().machine().memoryBytes();
      RamSpool spool = new RamSpool(BaseMemory.of(base), SpoolFolder.choose(memory, folder));
      try {
        stream.read(spool);
        return new EncodeBench(
            base, spool, DiskChain.open(state.disk(), base.path(ImageId.FIRST_DISK)), stream);
      } catch (IOException | RuntimeException e) {
        spool.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /** Makes an overlay and returns how long it took, with what it became. */
  Run run(Effort effort, Path target) throws IOException {
    List<ChangedImage> images = new ArrayList<>();
    images.add(ChangedImage.of(ImageId.FIRST_DISK, disk));
    images.addAll(spool.images());
    OverlayContent content =
        new OverlayContent(
            BaseView.of(base),
            base.manifest().machine(),
            images,
            Map.of(
                BlobName.PREAMBLE, spool.preamble(), BlobName.DEVICE_STATE, spool.deviceState()));
    long start = System.nanoTime();
    OverlaySummary summary =
        new OverlayEncoder(EncodeOptions.of(effort), Progress.NONE).encode(content, target);
    return new Run(summary, (System.nanoTime() - start) / 1e9);
  }

  /** An overlay and its time. */
  record Run(OverlaySummary summary, double seconds) {}

  @Override
  public void close() throws IOException {
    try (stream;
        disk;
        spool) {
      // Closing is all.
    }
  }
}
