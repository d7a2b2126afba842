package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.delta.FlatBase;
import io.cloudlet.sidecar.delta.StateFiles;
import io.cloudlet.sidecar.delta.StreamReplay;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.overlay.OverlayImage;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.synthesis.BaseImages;
import io.cloudlet.sidecar.synthesis.FlatSynthesis;
import io.cloudlet.sidecar.synthesis.SynthesisLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Files of a base and an overlay to files of the changed state: the inverse of a difference. */
public final class ApplyOverlay {
  private final DataDirectory data;
  private final Progress progress;

  /** With room for what has to be unpacked in a data directory. */
  public ApplyOverlay(DataDirectory data, Progress progress) {
    this.data = data;
    this.progress = progress;
  }

  /**
   * Writes the files that are wanted, each under its name when it is complete.
   *
   * @param overlay stays the caller's
   * @param wanted the disk as a raw image; memory as the migration stream that it was made from,
   *     else as a flat image of the main block
   */
  public void run(OverlayReader overlay, StateFiles base, StateFiles wanted) throws IOException {
    try (FlatBase below = FlatBase.open(base, data.temporary());
        BaseImages images =
            BaseImages.verified(overlay, below::path, id -> given(base, id, below.path(id)))) {
      Map<ImageId, Path> targets = new HashMap<>();
      if (wanted.disk() != null) {
        targets.put(ImageId.FIRST_DISK, wanted.disk());
      }
      if (wanted.memory() != null && !StreamReplay.isPossible(overlay)) {
        targets.put(ImageId.MAIN_MEMORY, wanted.memory());
      }
      write(overlay, images, targets, Durability.DURABLE);
      if (wanted.memory() != null && StreamReplay.isPossible(overlay)) {
        replay(overlay, images, wanted.memory());
      }
    }
  }

  /** A qcow2 disk and a stream have been unpacked: nobody knows those files. */
  private static Path given(StateFiles base, ImageId id, Path unpacked) {
    Path file = id.kind() == ImageKind.DISK ? base.disk() : base.memory();
    return file == null ? unpacked : file;
  }

  private void replay(OverlayReader overlay, BaseImages images, Path target) throws IOException {
    Map<ImageId, MappedImage> memory = new HashMap<>();
    try (BootFolder folder = BootFolder.create(data, "stream")) {
      Map<ImageId, Path> files = new HashMap<>();
      for (OverlayImage image : overlay.manifest().images()) {
        if (image.id().kind() == ImageKind.MEMORY) {
          files.put(image.id(), folder.path().resolve(files.size() + ".ram"));
        }
      }
      write(overlay, images, files, Durability.CACHE);
      for (Map.Entry<ImageId, Path> file : files.entrySet()) {
        memory.put(file.getKey(), MappedImage.open(file.getValue()));
      }
      StreamReplay.write(overlay, memory, target);
    } finally {
      memory.values().forEach(MappedImage::close);
    }
  }

  private void write(
      OverlayReader overlay, BaseImages images, Map<ImageId, Path> targets, Durability durability)
      throws IOException {
    if (targets.isEmpty()) {
      return;
    }
    try (SynthesisProgress shown = new SynthesisProgress(progress, "applying")) {
      new FlatSynthesis(SynthesisLimits.ofThisMachine(), shown)
          .write(overlay, images, targets, durability);
    }
  }
}
