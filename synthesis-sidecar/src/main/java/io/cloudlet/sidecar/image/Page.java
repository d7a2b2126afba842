package io.cloudlet.sidecar.image;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * The unit of difference: 4096 bytes of a disk or of guest memory, at an address that is a multiple
 * of 4096.
 *
 * <p>The kernels here run once per page of a VM, so they allocate nothing. All are thread-safe.
 */
public final class Page {
  /** Bytes of a page. */
  public static final int SIZE = 4096;

  /** Binary logarithm of {@link #SIZE}. */
  public static final int SHIFT = 12;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Page() {}

  /** How many pages hold {@code bytes} bytes; the last one may be only partly used. */
  public static long count(long bytes) {
    return (bytes + SIZE - 1) >>> SHIFT;
  }

  /** Whether all bytes of the page at {@code offset} of {@code segment} are zero. */
  public static boolean isZero(MemorySegment segment, long offset) {
    for (long at = offset; at < offset + SIZE; at += 64) {
      long any = 0;
      for (int lane = 0; lane < 64; lane += Long.BYTES) {
        any |= segment.get(JAVA_LONG_UNALIGNED, at + lane);
      }
      if (any != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether two pages hold the same bytes. */
  public static boolean equal(MemorySegment a, long aOffset, MemorySegment b, long bOffset) {
    return MemorySegment.mismatch(a, aOffset, aOffset + SIZE, b, bOffset, bOffset + SIZE) < 0;
  }

  /**
   * A 64-bit hash that only finds candidates: equal pages have equal hashes, and whoever relies on
   * the reverse must compare the bytes.
   */
  public static long hash(MemorySegment segment, long offset) {
    long a = 1;
    long b = 2;
    long c = 3;
    long d = 4;
    for (long at = offset; at < offset + SIZE; at += 32) {
      a = (a ^ segment.get(JAVA_LONG_UNALIGNED, at)) * MULTIPLIER;
      b = (b ^ segment.get(JAVA_LONG_UNALIGNED, at + 8)) * MULTIPLIER;
      c = (c ^ segment.get(JAVA_LONG_UNALIGNED, at + 16)) * MULTIPLIER;
      d = (d ^ segment.get(JAVA_LONG_UNALIGNED, at + 24)) * MULTIPLIER;
      a ^= a >>> 29;
      b ^= b >>> 29;
      c ^= c >>> 29;
      d ^= d >>> 29;
    }
    long mixed = a ^ Long.rotateLeft(b, 16) ^ Long.rotateLeft(c, 32) ^ Long.rotateLeft(d, 48);
    mixed = (mixed ^ (mixed >>> 32)) * MULTIPLIER;
    return mixed ^ (mixed >>> 29);
  }
}
