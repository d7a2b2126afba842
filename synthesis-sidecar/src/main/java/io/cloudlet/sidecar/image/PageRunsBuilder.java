package io.cloudlet.sidecar.image;

import java.util.Arrays;

/**
 * Collects pages in any order, twice the same as well; ascending order costs least. Not
 * thread-safe.
 */
public final class PageRunsBuilder {
  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private int size;
  private boolean ascending = true;

  /** Adds one page. */
  public PageRunsBuilder add(long page) {
    return add(page, 1);
  }

  /**
   * Adds a run.
   *
   * @param start at least 0
   * @param count at least 0; 0 adds nothing
   */
  public PageRunsBuilder add(long start, long count) {
    if (start < 0 || count < 0 || start > Long.MAX_VALUE - count) {
      throw new IllegalArgumentException("no run of pages: " + start + "+" + count);
    }
    if (count == 0) {
      return this;
    }
    if (size > 0 && start <= ends[size - 1] && start >= starts[size - 1]) {
      ends[size - 1] = Math.max(ends[size - 1], start + count);
      return this;
    }
    ascending &= size == 0 || start > ends[size - 1];
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    starts[size] = start;
    ends[size++] = start + count;
    return this;
  }

  /** The set of all that was added. The builder may go on. */
  public PageRuns build() {
    if (!ascending) {
      sortAndMerge();
    }
    long[] counts = new long[size];
    for (int i = 0; i < size; i++) {
      counts[i] = ends[i] - starts[i];
    }
    return new PageRuns(Arrays.copyOf(starts, size), counts);
  }

  private void sortAndMerge() {
    long[] sortedStarts = Arrays.copyOf(starts, size);
    long[] sortedEnds = Arrays.copyOf(ends, size);
    Arrays.sort(sortedStarts);
    Arrays.sort(sortedEnds);
    // Sorted apart, starts and ends still tell where the union begins and ends: a merged run ends
    // at the i-th smallest end when the next start lies behind it.
    int merged = 0;
    int first = 0;
    for (int i = 0; i < size; i++) {
      if (i + 1 == size || sortedStarts[i + 1] > sortedEnds[i]) {
        starts[merged] = sortedStarts[first];
        ends[merged++] = sortedEnds[i];
        first = i + 1;
      }
    }
    size = merged;
    ascending = true;
  }
}
