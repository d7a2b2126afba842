package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Finds new pages by content: an open hash table of page numbers, at most half full. A part of the
 * hash finds candidates, the bytes decide. About 16 bytes per new page.
 */
final class FreshTable {
  static final int NONE = -1;

  private final NewPages pages;

  /** The upper half of each new page's hash; its top bits are where the search begins. */
  private int[] tags = new int[1024];

  /** Number of a new page plus 1, or 0. The length is a power of two. */
  private int[] table = new int[2048];

  FreshTable(NewPages pages) {
    this.pages = pages;
  }

  /** The number of a new page with this content, or {@link #NONE}. */
  int find(MemorySegment data, long offset, long hash) {
    int tag = tag(hash);
    for (int at = start(tag); table[at] != 0; at = (at + 1) & (table.length - 1)) {
      int number = table[at] - 1;
      if (tags[number] == tag
          && Page.equal(data, offset, pages.segment(number), pages.offset(number))) {
        return number;
      }
    }
    return NONE;
  }

  /** Remembers a new page, whose number follows that of the one before. */
  void add(int number, long hash) {
    if (number == tags.length) {
      tags = Arrays.copyOf(tags, number + (number >> 1));
    }
    tags[number] = tag(hash);
    if (number >= table.length / 2) {
      table = new int[table.length * 2];
      for (int old = 0; old <= number; old++) {
        insert(old);
      }
    } else {
      insert(number);
    }
  }

  private void insert(int number) {
    int at = start(tags[number]);
    while (table[at] != 0) {
      at = (at + 1) & (table.length - 1);
    }
    table[at] = number + 1;
  }

  private int start(int tag) {
    return tag >>> (Integer.numberOfLeadingZeros(table.length) + 1);
  }

  private static int tag(long hash) {
    return (int) (hash >>> Integer.SIZE);
  }
}
