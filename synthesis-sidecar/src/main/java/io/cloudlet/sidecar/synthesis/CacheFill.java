package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Synthesises all of an overlay into a node's cache, so that its next start finds it there. */
public final class CacheFill {
  private final RamCache cache;
  private final SynthesisLimits limits;
  private final SynthesisListener listener;

  /**
   * A filler of a cache.
   *
   * @param limits of the background: one core leaves the others to the VMs
   */
  public CacheFill(RamCache cache, SynthesisLimits limits, SynthesisListener listener) {
    this.cache = cache;
    this.limits = limits;
    this.listener = listener;
  }

  /**
   * Adds what the cache has not of an overlay; ends early when the thread is interrupted.
   *
   * @param overlay stays the caller's
   * @param base the base's images of this overlay; stays the caller's
   * @return whether it is there now: it is not when it is larger than the cache
   */
  public boolean run(OverlayReader overlay, BaseImages base) throws IOException {
    Optional<CacheFiles> entry = cache.find(overlay.root());
    if (entry.isEmpty()) {
      entry = addMemory(overlay, base);
    }
    return entry.isPresent() && addDisks(overlay, base, entry.get());
  }

  private Optional<CacheFiles> addMemory(OverlayReader overlay, BaseImages base)
      throws IOException {
    try (CacheDraft draft = cache.draft(overlay.root())) {
      Targets work = new Targets(overlay, base);
      try (MemoryFiles files = MemoryFiles.plan(overlay, base, draft.files(), work)) {
        work.run(limits, listener);
        draft.files().count("memory", files.bytes());
      }
      return draft.publish();
    }
  }

  private boolean addDisks(OverlayReader overlay, BaseImages base, CacheFiles entry)
      throws IOException {
    try {
      Partials.clean(entry.folder());
      for (int image = 0; image < overlay.manifest().images().size(); image++) {
        ImageId id = overlay.manifest().images().get(image).id();
        if (id.kind() == ImageKind.DISK && !Files.exists(entry.disk(image))) {
          entry.countDisk(image, overlay.index().images().get(image));
          new DiskSynthesis(limits, listener).write(overlay, base, id, entry.disk(image));
        }
      }
      entry.force();
      cache.evict();
    } catch (NoSuchFileException e) {
      // Evicted meanwhile.
    }
    return cache.find(overlay.root()).isPresent();
  }
}
