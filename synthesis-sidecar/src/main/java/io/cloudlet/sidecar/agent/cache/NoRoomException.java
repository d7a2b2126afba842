package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.image.CloudletException;

/** Something does not fit beside what is wanted or used here. Nothing has been removed for it. */
public final class NoRoomException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final long needed;
  private final long available;

  /**
   * Tells the numbers.
   *
   * @param what does not fit
   * @param needed bytes that it takes
   * @param available bytes that could be had for it
   */
  NoRoomException(String what, long needed, long available, CacheUsage usage) {
    super(
        what
            + " takes "
            + needed
            + " bytes, and "
            + available
            + " can be had: the cache may take "
            + usage.limit()
            + ", its disk has "
            + usage.free()
            + " free, and what is wanted or in use stays; remove base VMs that nobody needs, or"
            + " give the cache more");
    this.needed = needed;
    this.available = available;
  }

  /** Bytes that it takes. */
  public long needed() {
    return needed;
  }

  /** Bytes that could be had for it. */
  public long available() {
    return available;
  }
}
