package io.cloudlet.sidecar.image;

import java.util.Arrays;

/**
 * An immutable set of page numbers, kept as ascending runs that neither touch nor overlap.
 *
 * <p>Costs 24 bytes a run, whatever its length. Thread-safe.
 */
public final class PageRuns {
  /** No page. */
  public static final PageRuns EMPTY = new PageRuns(new long[0], new long[0]);

  private final long[] starts;
  private final long[] counts;

  /** {@code before[i]} pages lie in the runs before run i; one element more than there are runs. */
  private final long[] before;

  PageRuns(long[] starts, long[] counts) {
    this.starts = starts;
    this.counts = counts;
    this.before = new long[starts.length + 1];
    for (int i = 0; i < starts.length; i++) {
      before[i + 1] = before[i] + counts[i];
    }
  }

  /** One run. */
  public static PageRuns of(long start, long count) {
    return new PageRunsBuilder().add(start, count).build();
  }

  /** What is done with a run. */
  @FunctionalInterface
  public interface RunConsumer<E extends Exception> {
    /** Called once for each run, in ascending order. */
    void accept(long start, long count) throws E;
  }

  /** How many runs there are. */
  public int runs() {
    return starts.length;
  }

  /** The first page of a run. */
  public long start(int run) {
    return starts[run];
  }

  /** How many pages a run has, at least 1. */
  public long count(int run) {
    return counts[run];
  }

  /** How many pages there are. */
  public long pages() {
    return before[starts.length];
  }

  /** Whether there is no page. */
  public boolean isEmpty() {
    return starts.length == 0;
  }

  /** The first page above all of the set; 0 for the empty set. */
  public long end() {
    int last = starts.length - 1;
    return last < 0 ? 0 : starts[last] + counts[last];
  }

  /** Whether a page is in the set. */
  public boolean contains(long page) {
    int run = runAtOrBefore(page);
    return run >= 0 && page - starts[run] < counts[run];
  }

  /** How many pages of the set are smaller than {@code page}. */
  public long rank(long page) {
    int run = runAtOrBefore(page);
    return run < 0 ? 0 : before[run] + Math.min(page - starts[run], counts[run]);
  }

  /**
   * The page that has this {@link #rank}.
   *
   * @param rank 0 up to {@link #pages}, exclusive
   */
  public long page(long rank) {
    if (rank < 0 || rank >= pages()) {
      throw new IndexOutOfBoundsException("page " + rank + " of " + pages());
    }
    int found = Arrays.binarySearch(before, rank);
    int run = found >= 0 ? found : -found - 2;
    return starts[run] + (rank - before[run]);
  }

  /** Calls back for every run. */
  public <E extends Exception> void forEachRun(RunConsumer<E> consumer) throws E {
    for (int i = 0; i < starts.length; i++) {
      consumer.accept(starts[i], counts[i]);
    }
  }

  /** Calls back for every run, cut to the pages from {@code from} to {@code to}, exclusive. */
  public <E extends Exception> void forEachRunIn(long from, long to, RunConsumer<E> consumer)
      throws E {
    for (int i = Math.max(0, runAtOrBefore(from)); i < starts.length && starts[i] < to; i++) {
      long start = Math.max(from, starts[i]);
      long end = Math.min(to, starts[i] + counts[i]);
      if (start < end) {
        consumer.accept(start, end - start);
      }
    }
  }

  /** The pages that are in this set or in the other. */
  public PageRuns union(PageRuns other) {
    PageRunsBuilder union = new PageRunsBuilder();
    forEachRun(union::add);
    other.forEachRun(union::add);
    return union.build();
  }

  /** The pages of this set that are not in the other. */
  public PageRuns minus(PageRuns other) {
    PageRunsBuilder rest = new PageRunsBuilder();
    int theirs = 0;
    for (int i = 0; i < starts.length; i++) {
      long at = starts[i];
      long end = at + counts[i];
      while (at < end) {
        while (theirs < other.runs() && other.start(theirs) + other.count(theirs) <= at) {
          theirs++;
        }
        long gapEnd = theirs < other.runs() ? Math.min(end, other.start(theirs)) : end;
        if (gapEnd > at) {
          rest.add(at, gapEnd - at);
        }
        at =
            theirs < other.runs()
                ? Math.max(gapEnd, other.start(theirs) + other.count(theirs))
                : end;
      }
    }
    return rest.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PageRuns runs
        && Arrays.equals(starts, runs.starts)
        && Arrays.equals(counts, runs.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(starts) + Arrays.hashCode(counts);
  }

  /** The sizes and the first few runs. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(pages() + " pages in " + runs() + " runs:");
    for (int i = 0; i < Math.min(8, runs()); i++) {
      text.append(' ').append(starts[i]).append('+').append(counts[i]);
    }
    return text.append(runs() > 8 ? " …" : "").toString();
  }

  private int runAtOrBefore(long page) {
    int found = Arrays.binarySearch(starts, page);
    return found >= 0 ? found : -found - 2;
  }
}
