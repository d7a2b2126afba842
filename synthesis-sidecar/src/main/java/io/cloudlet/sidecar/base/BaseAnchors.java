package io.cloudlet.sidecar.base;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.cloudlet.sidecar.image.Anchors;
import java.lang.foreign.MemorySegment;

/**
 * The {@link Anchors} of a base VM's pages, in the order of the pages; of equal pages only the
 * first has any. Mapped, and valid as long as the {@link PageIndex} that it is a part of.
 *
 * <p>Each page is one word for its place, as {@link PageIndex#find} gives it, with the number of
 * its anchors in the bits from 48 on, and their keys.
 */
public final class BaseAnchors {
  /** There is an anchor every 2^this bytes on average. */
  public static final int BITS = 9;

  /** A base VM without pages. */
  public static final BaseAnchors NONE = new BaseAnchors(MemorySegment.NULL);

  private static final int COUNT_SHIFT = 48;

  private final MemorySegment words;

  BaseAnchors(MemorySegment words) {
    this.words = words;
  }

  /** Begins before the first page that has an anchor. */
  public Cursor cursor() {
    return new Cursor(words);
  }

  /** The word before the keys of a page. */
  static long head(long location, int anchors) {
    return (long) anchors << COUNT_SHIFT | location;
  }

  /** Goes from page to page. For one thread. */
  public static final class Cursor {
    private final MemorySegment words;
    private final long end;
    private long location;
    private long keys;
    private int size;

    private Cursor(MemorySegment words) {
      this.words = words;
      this.end = words.byteSize() / Long.BYTES;
    }

    /** Goes to the next page; false when there is none. */
    public boolean next() {
      long at = keys + size;
      if (at >= end) {
        return false;
      }
      long head = words.getAtIndex(JAVA_LONG, at);
      location = head & ((1L << COUNT_SHIFT) - 1);
      keys = at + 1;
      size = (int) (head >>> COUNT_SHIFT);
      return true;
    }

    /** Ordinal of the page's image. */
    public int ordinal() {
      return PageIndex.ordinal(location);
    }

    /** The page in its image. */
    public long page() {
      return PageIndex.page(location);
    }

    /** How many anchors the page has, at least 1. */
    public int size() {
      return size;
    }

    /** The key of one of them. */
    public long key(int anchor) {
      return words.getAtIndex(JAVA_LONG, keys + anchor);
    }
  }
}
