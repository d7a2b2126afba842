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

  private static final long[] KEYS = keys();

  /** Bytes after which a comparison that has failed stops. */
  private static final int BLOCK = 512;

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
    for (int block = 0; block < SIZE; block += BLOCK) {
      long any = 0;
      for (int at = block; at < block + BLOCK; at += Long.BYTES) {
        any |= a.get(JAVA_LONG_UNALIGNED, aOffset + at) ^ b.get(JAVA_LONG_UNALIGNED, bOffset + at);
      }
      if (any != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * A 64-bit hash that only finds candidates: equal pages have equal hashes, and whoever relies on
   * the reverse must compare the bytes.
   *
   * <p>NH of UMAC with words of 32 bits: a sum of products of keyed halves. Its steps do not depend
   * on each other, so the compiler makes vector instructions of them.
   */
  public static long hash(MemorySegment segment, long offset) {
    long sum = 0;
    for (int i = 0; i < KEYS.length; i++) {
      long keyed = segment.get(JAVA_LONG_UNALIGNED, offset + (long) i * Long.BYTES) ^ KEYS[i];
      sum += (keyed & 0xFFFFFFFFL) * (keyed >>> 32);
    }
    long mixed = (sum ^ (sum >>> 32)) * MULTIPLIER;
    return mixed ^ (mixed >>> 29);
  }

  /** SplitMix64, so that hashes are the same in every process. */
  private static long[] keys() {
    long[] keys = new long[SIZE / Long.BYTES];
    for (int i = 0; i < keys.length; i++) {
      long z = (i + 1) * MULTIPLIER;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      keys[i] = z ^ (z >>> 31);
    }
    return keys;
  }
}
