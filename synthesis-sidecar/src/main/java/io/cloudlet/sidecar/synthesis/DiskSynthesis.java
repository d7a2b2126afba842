package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Base and overlay to a qcow2 disk over the base's raw disk; memory is left out. */
public final class DiskSynthesis {
  private final SynthesisLimits limits;
  private final SynthesisListener listener;

  /** With limits, and a listener that hears of progress. */
  public DiskSynthesis(SynthesisLimits limits, SynthesisListener listener) {
    this.limits = limits;
    this.listener = listener;
  }

  /**
   * Writes the disk, under its final name when it is complete.
   *
   * @param overlay stays the caller's
   * @param base the base's images of this overlay; stays the caller's. The disk refers to the
   *     base's file by its absolute path
   * @param id which disk
   * @param target replaced when it exists
   * @throws CloudletException when overlay or base has no disk of that name
   */
  public StageTimes write(OverlayReader overlay, BaseImages base, ImageId id, Path target)
      throws IOException {
    Targets work = new Targets(overlay, base);
    try (AtomicFile file = AtomicFile.create(target, Durability.CACHE)) {
      DiskSink disk = plan(overlay, base, id, file.channel(), work);
      StageTimes times = work.run(limits, listener);
      disk.finish();
      file.commit();
      return times;
    }
  }

  /** Lets a disk's pages go to a channel; the caller finishes what is returned. */
  static DiskSink plan(
      OverlayReader overlay, BaseImages base, ImageId id, FileChannel channel, Targets work)
      throws CloudletException {
    MappedImage backing =
        base.find(id)
            .orElseThrow(() ->
                new CloudletException(
                    overlay.describe() + " has no base for " + id + "; it is no VM's overlay"));
    int image = work.require(id);
    long length = overlay.manifest().images().get(image).length();
    DiskSink sink = DiskSink.begin(channel, length, backing.path(), work.runs(image));
    work.place(image, sink);
    return sink;
  }
}
