package io.cloudlet.sidecar.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The anchors of a page: positions that content itself chooses, so that equal content has equal
 * anchors wherever it lies. They are those at which a rolling hash of the last 64 bytes has zeros
 * in its highest bits; an anchor's key is that hash, mixed. For one thread.
 */
public final class Anchors {
  /** Most anchors of one page. */
  public static final int MOST = Page.SIZE / 8;

  /** Bytes that the rolling hash depends on. */
  private static final int WINDOW = Long.SIZE;

  /** Anchors nearer than this to a hit before them belong to repeated bytes and say nothing. */
  private static final int NEAREST = Page.SIZE / MOST;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** A random number for each byte. */
  private static final long[] GEAR = gear();

  private final byte[] bytes = new byte[Page.SIZE];
  private final long[] keys = new long[MOST];
  private final long mask;
  private int size;

  /**
   * Anchors of a density.
   *
   * @param bits one anchor every 2^bits bytes on average
   */
  public Anchors(int bits) {
    this.mask = -1L << (Long.SIZE - bits);
  }

  /** Finds the anchors of one page and forgets those of the page before. */
  public void scan(MemorySegment data, long offset) {
    MemorySegment.copy(data, ValueLayout.JAVA_BYTE, offset, bytes, 0, Page.SIZE);
    size = 0;
    long hash = 0;
    for (int at = 0; at < WINDOW - 1; at++) {
      hash = (hash << 1) + GEAR[bytes[at] & 0xff];
    }
    int last = -NEAREST;
    for (int at = WINDOW - 1; at < Page.SIZE; at++) {
      hash = (hash << 1) + GEAR[bytes[at] & 0xff];
      if ((hash & mask) == 0) {
        if (at - last >= NEAREST) {
          keys[size++] = hash * MIX;
        }
        last = at;
      }
    }
  }

  /** How many the page has. */
  public int size() {
    return size;
  }

  /** The key of an anchor. */
  public long key(int anchor) {
    return keys[anchor];
  }

  /** SplitMix64, so that keys are the same in every process. */
  private static long[] gear() {
    long[] gear = new long[256];
    for (int i = 0; i < gear.length; i++) {
      long z = (i + 1) * MIX;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      gear[i] = z ^ (z >>> 31);
    }
    return gear;
  }
}
