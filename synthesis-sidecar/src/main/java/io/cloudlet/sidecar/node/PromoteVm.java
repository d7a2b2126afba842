package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseDraft;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.overlay.BlobName;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayImage;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.synthesis.BaseImages;
import io.cloudlet.sidecar.synthesis.FlatSynthesis;
import io.cloudlet.sidecar.synthesis.SynthesisLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a base VM of what a running VM of this machine is now.
 *
 * <p>The VM is captured as for an overlay, so it stands still no longer, and runs on as it does
 * then; base and overlay are laid together at leisure. Whatever fails: the VM runs as before, and
 * there is no new base VM.
 */
public final class PromoteVm {
  private final DataDirectory data;
  private final Progress progress;

  /** In a data directory. */
  public PromoteVm(DataDirectory data, Progress progress) {
    this.data = data;
    this.progress = progress;
  }

  /**
   * A base VM that was made of a VM.
   *
   * @param base its digest
   * @param pause for how long the guest stood still
   * @param total from the beginning to the end
   */
  public record Promoted(Digest base, Duration pause, Duration total) {}

  /**
   * Does it; ends early when the thread is interrupted.
   *
   * @param name what the base VM shall be called
   * @param squeeze whether to take the guest's unused memory before the capture
   * @throws io.cloudlet.sidecar.base.DuplicateBaseException when the name is taken
   */
  public Promoted run(VmName vm, BaseName name, boolean squeeze) throws IOException {
    long start = System.nanoTime();
    BaseStore store = BaseStore.at(data.bases());
    try (BaseDraft draft = store.draft(name);
        BootFolder folder = BootFolder.create(data, "promote-" + vm)) {
      Path file = folder.path().resolve("state.overlay");
      CaptureResult captured =
          new CaptureOverlay(data, progress)
              .run(
                  new CaptureRequest(vm, file, Effort.FAST, AfterCapture.CONTINUE, false, squeeze));
      try (OverlayReader overlay = OverlayReader.open(file)) {
        Digest base = lay(overlay, store, draft);
        Duration total = Duration.ofNanos(System.nanoTime() - start);
        return new Promoted(base, captured.pause(), total);
      }
    }
  }

  private Digest lay(OverlayReader overlay, BaseStore store, BaseDraft draft) throws IOException {
    Digest below = required(overlay.manifest().base());
    try (BaseVm base = store.open(below);
        BaseImages images = BaseImages.of(base, overlay)) {
      Map<ImageId, Path> targets = new HashMap<>();
      for (OverlayImage image : overlay.manifest().images()) {
        targets.put(image.id(), draft.addImage(image.id()));
      }
      try (SynthesisProgress shown = new SynthesisProgress(progress, "laying base and changes")) {
        new FlatSynthesis(SynthesisLimits.ofThisMachine(), shown)
            .write(overlay, images, targets, Durability.CACHE);
      }
      draft.preamble(blob(overlay, BlobName.PREAMBLE));
      draft.deviceState(blob(overlay, BlobName.DEVICE_STATE));
      if (base.kernel().isPresent()) {
        draft.kernel(base.kernel().get());
      }
      if (base.initrd().isPresent()) {
        draft.initrd(base.initrd().get());
      }
    }
    try (Progress.Stage _ = progress.begin("digests and index", 0)) {
      return draft.commit(required(overlay.manifest().machine()));
    }
  }

  private static byte[] blob(OverlayReader overlay, BlobName name) throws IOException {
    return overlay.read(overlay.manifest().blob(name).orElseThrow());
  }

  /** The overlay of a VM has all that a VM needs. */
  private static <T> T required(@Nullable T part) {
    return Objects.requireNonNull(part);
  }
}
