package io.cloudlet.sidecar.agent.cache;

/**
 * What the cache of this machine takes, in bytes on disk.
 *
 * @param limit what it may take
 * @param bases base VMs
 * @param packages their packages, downloads that are not complete included
 * @param memory images of synthesised overlays
 * @param free what the file system has left for anybody
 */
public record CacheUsage(long limit, long bases, long packages, long memory, long free) {
  /** All of it. */
  public long used() {
    return bases + packages + memory;
  }

  /** What may still come, for the limit and for the file system. */
  public long room() {
    return Math.max(0, Math.min(limit - used(), free));
  }
}
