package io.cloudlet.sidecar.image;

/**
 * A range of bytes.
 *
 * @param offset first byte, at least 0
 * @param length bytes, at least 1
 */
public record Extent(long offset, long length) {
  /** Refuses negative offsets, empty ranges and ranges that pass the end of a long. */
  public Extent {
    if (offset < 0 || length <= 0 || offset > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException("no extent: " + offset + "+" + length);
    }
  }

  /** The first byte after the range. */
  public long end() {
    return offset + length;
  }
}
