package io.cloudlet.sidecar.delta;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The chunk in which each anchor was seen last. An anchor may displace another one: what is lost
 * costs a little size, never correctness. Owns native memory; several threads may read.
 */
final class AnchorTable implements AutoCloseable {
  /** The anchor is not in the table. */
  static final int NONE = -1;

  /** More slots than this, 32 MiB, are not worth their memory. */
  private static final int MOST_BITS = 22;

  private static final int ENTRY = 2 * Integer.BYTES;

  private final Arena arena = Arena.ofShared();
  private final int bits;
  private final MemorySegment entries;

  /** A table for about so many anchors. */
  AnchorTable(long anchors) {
    bits = Math.clamp(Long.SIZE - Long.numberOfLeadingZeros(anchors), 4, MOST_BITS);
    entries = arena.allocate((long) ENTRY << bits, ENTRY);
  }

  /** Where an anchor is or would be, 0 to {@link #slots}, exclusive. */
  int slot(long key) {
    return (int) (key >>> (Long.SIZE - bits));
  }

  /** How many slots there are. */
  int slots() {
    return 1 << bits;
  }

  /** The chunk of an anchor, or {@link #NONE}. */
  int chunk(long key) {
    long at = (long) slot(key) * ENTRY;
    boolean same = entries.get(ValueLayout.JAVA_INT, at) == check(key);
    return same ? entries.get(ValueLayout.JAVA_INT, at + Integer.BYTES) : NONE;
  }

  /** Notes where an anchor was seen. */
  void put(long key, int chunk) {
    long at = (long) slot(key) * ENTRY;
    entries.set(ValueLayout.JAVA_INT, at, check(key));
    entries.set(ValueLayout.JAVA_INT, at + Integer.BYTES, chunk);
  }

  /** Tells keys of one slot apart; never 0, which is a slot without an anchor. */
  private static int check(long key) {
    return (int) key | 1;
  }

  @Override
  public void close() {
    arena.close();
  }
}
