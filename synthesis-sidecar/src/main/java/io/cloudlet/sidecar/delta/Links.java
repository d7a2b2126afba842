package io.cloudlet.sidecar.delta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** How many anchors pairs of chunks share. For one thread. */
final class Links {
  private final int chance;
  private long[] pairs = new long[1 << 12];
  private int size;

  /**
   * Two chunks that share anchors.
   *
   * @param weight how many
   */
  record Link(int a, int b, int weight) {}

  /**
   * No pairs.
   *
   * @param chance anchors that a pair shares and that say nothing
   */
  Links(int chance) {
    this.chance = chance;
  }

  /** Counts one more anchor that two chunks share. */
  void add(int a, int b) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size + (size >> 1));
    }
    pairs[size++] = (long) Math.min(a, b) << Integer.SIZE | Math.max(a, b);
  }

  /** All pairs with more than a chance anchor, those that share most first. */
  List<Link> strongestFirst() {
    Arrays.sort(pairs, 0, size);
    List<Link> links = new ArrayList<>();
    for (int from = 0, to; from < size; from = to) {
      to = from + 1;
      while (to < size && pairs[to] == pairs[from]) {
        to++;
      }
      if (to - from > chance) {
        links.add(new Link((int) (pairs[from] >>> Integer.SIZE), (int) pairs[from], to - from));
      }
    }
    // The sort is stable: equal weights stay in the order of their chunks.
    links.sort(Comparator.comparingInt(Link::weight).reversed());
    return links;
  }
}
