package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.synthesis.RamCache;
import java.io.IOException;
import java.util.Collection;

/**
 * Removes the memory and the disks of guests that no object names any more: memory images of
 * overlays, base VMs and their packages. What a VM uses stays until it has ended, and so does a
 * base VM that somebody works with. Thread-safe.
 */
public record Discards(DataDirectory data, CacheLimit cache, Copies copies) {
  /** Knows what is needed on this node. Thread-safe. */
  @FunctionalInterface
  public interface Needs {
    /** Whether a base VM or an overlay is. */
    boolean include(Digest digest) throws IOException;
  }

  /**
   * Removes what may go.
   *
   * @param digests of base VMs and overlays, here or not
   * @param needs asked before each removal: what this node itself knows to be needed stays
   * @return how many are gone that had been here
   */
  public int run(Collection<Digest> digests, Needs needs) throws IOException {
    int gone = 0;
    for (Digest digest : digests) {
      if (!needs.include(digest) && remove(digest)) {
        gone++;
      }
    }
    return gone;
  }

  private boolean remove(Digest digest) throws IOException {
    boolean memory = new RamCache(data.ramCache(), Long.MAX_VALUE).remove(digest);
    boolean base = copies.contains(digest) && cache.remove(digest);
    if (base) {
      copies.forget(digest);
    }
    return memory || base;
  }
}
