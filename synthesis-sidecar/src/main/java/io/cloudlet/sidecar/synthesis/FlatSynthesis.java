package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.AtomicFile;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Base and overlay to whole images in raw, sparse files: the inverse of an encoder's input. */
public final class FlatSynthesis {
  private final SynthesisLimits limits;
  private final SynthesisListener listener;

  /** With limits, and a listener that hears of progress. */
  public FlatSynthesis(SynthesisLimits limits, SynthesisListener listener) {
    this.limits = limits;
    this.listener = listener;
  }

  /**
   * Writes some of the overlay's images, each under its final name only when all are complete.
   *
   * @param overlay stays the caller's
   * @param base the base's images of this overlay; stays the caller's
   * @param targets where each image goes; existing files are replaced
   * @param durability whether the files have to outlive a power cut
   * @throws CloudletException when the overlay has no image of a name
   * @throws java.io.InterruptedIOException when the thread was interrupted; no target is there then
   */
  public StageTimes write(
      OverlayReader overlay, BaseImages base, Map<ImageId, Path> targets, Durability durability)
      throws IOException {
    List<AtomicFile> files = new ArrayList<>();
    try {
      Targets work = new Targets(overlay, base);
      for (Map.Entry<ImageId, Path> target : targets.entrySet()) {
        AtomicFile file = AtomicFile.create(target.getValue(), durability);
        files.add(file);
        plan(overlay, base, target.getKey(), file.channel(), work).reserve();
      }
      StageTimes times = work.run(limits, listener);
      for (AtomicFile file : files) {
        file.commit();
      }
      return times;
    } finally {
      for (AtomicFile file : files) {
        file.close();
      }
    }
  }

  /** Lets all of an image go to a channel; the caller reserves its length. */
  static FlatImage plan(
      OverlayReader overlay, BaseImages base, ImageId id, FileChannel channel, Targets work)
      throws IOException {
    int number = work.require(id);
    FlatImage image = new FlatImage(channel, overlay.manifest().images().get(number).length());
    work.place(number, image);
    Optional<MappedImage> below = base.find(id);
    if (below.isPresent()) {
      PageRuns changed = RunSets.of(work.runs(number)).all();
      work.jobs().addUnchanged(image.unchanged(below.get(), changed), below.get(), image);
    }
    return image;
  }
}
