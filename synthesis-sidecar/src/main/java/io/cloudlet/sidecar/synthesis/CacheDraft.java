package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.util.Optional;

/** An entry of a {@link RamCache} that is being made; closing it unpublished removes it. */
final class CacheDraft implements AutoCloseable {
  private final RamCache cache;
  private final Digest overlay;
  private final CacheFiles files;

  CacheDraft(RamCache cache, Digest overlay, CacheFiles files) {
    this.cache = cache;
    this.overlay = overlay;
    this.files = files;
  }

  /** Where its files are made. */
  CacheFiles files() {
    return files;
  }

  /**
   * Makes it an entry, unless there is one already or it does not fit.
   *
   * @return the entry of this overlay, if there is one now
   */
  Optional<CacheFiles> publish() throws IOException {
    return cache.publish(overlay, files);
  }

  @Override
  public void close() throws IOException {
    Partials.deleteTree(files.folder());
  }
}
