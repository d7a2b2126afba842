package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.synthesis.BaseImages;
import io.cloudlet.sidecar.synthesis.CacheFill;
import io.cloudlet.sidecar.synthesis.SynthesisLimits;
import java.io.IOException;

/** Prepares an overlay's next start on this machine. */
public final class CacheOverlay {
  private static final long BUFFERS = 64L << 20;

  private final DataDirectory data;
  private final Progress progress;

  /** In a data directory. */
  public CacheOverlay(DataDirectory data, Progress progress) {
    this.data = data;
    this.progress = progress;
  }

  /**
   * Does it, on one core.
   *
   * @param overlay stays the caller's
   * @return whether it is in the cache now: it is not when it is larger than the cache
   */
  public boolean run(OverlayReader overlay) throws IOException {
    Digest digest = overlay.manifest().base();
    if (digest == null) {
      throw new CloudletException(
          overlay.describe() + " is no VM's overlay; there is nothing to prepare");
    }
    try (BaseVm base = BaseStore.at(data.bases()).open(digest);
        BaseImages images = BaseImages.of(base, overlay);
        SynthesisProgress shown = new SynthesisProgress(progress, "filling the cache")) {
      SynthesisLimits limits = new SynthesisLimits(1, BUFFERS, 1);
      return new CacheFill(RamCaches.of(data), limits, shown).run(overlay, images);
    }
  }
}
