package io.cloudlet.sidecar.overlay;

/**
 * How many changed pages are kept in which way.
 *
 * @param zero all zero
 * @param base equal to a page of the base
 * @param repeated equal to a new page before
 * @param fresh new content, kept in a slot
 */
public record PageCounts(long zero, long base, long repeated, long fresh) {
  /** Refuses negative numbers. */
  public PageCounts {
    if (zero < 0 || base < 0 || repeated < 0 || fresh < 0) {
      throw new IllegalArgumentException("pages are counted from 0");
    }
  }

  /** The sum with another image's. */
  public PageCounts plus(PageCounts other) {
    return new PageCounts(
        zero + other.zero, base + other.base, repeated + other.repeated, fresh + other.fresh);
  }

  /** All changed pages. */
  public long total() {
    return zero + base + repeated + fresh;
  }
}
