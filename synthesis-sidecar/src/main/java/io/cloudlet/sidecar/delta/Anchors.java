package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/**
 * Positions that content itself chooses, so that equal content has equal anchors wherever it lies:
 * those at which a rolling hash of the last 64 bytes has zeros in its highest bits. An anchor's key
 * is that hash, mixed. For one thread.
 */
final class Anchors {
  /** Most anchors of one page. */
  static final int MOST = Page.SIZE / 8;

  /** Bytes that the rolling hash depends on. */
  private static final int WINDOW = Long.SIZE;

  /** Anchors nearer than this to a hit before them belong to repeated bytes and say nothing. */
  private static final int NEAREST = Page.SIZE / MOST;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** A random number for each byte. */
  private static final long[] GEAR = new SplittableRandom(4096).longs(256).toArray();

  private final byte[] bytes = new byte[Page.SIZE];
  private final long[] keys = new long[MOST];
  private final long mask;
  private int size;

  /**
   * Anchors of a density.
   *
   * @param bits one anchor every 2^bits bytes on average
   */
  Anchors(int bits) {
    this.mask = -1L << (Long.SIZE - bits);
  }

  /** Finds the anchors of one page and forgets those of the page before. */
  void scan(MemorySegment data, long offset) {
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
  int size() {
    return size;
  }

  /** The key of an anchor. */
  long key(int anchor) {
    return keys[anchor];
  }
}
