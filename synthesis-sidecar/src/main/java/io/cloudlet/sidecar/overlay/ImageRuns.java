package io.cloudlet.sidecar.overlay;

import java.util.Arrays;
import java.util.Optional;

/**
 * The changed pages of one image as runs, sorted by page, without overlap. Immutable.
 *
 * <p>Kept in arrays of primitives: 16 bytes per run, as an image may have hundreds of thousands.
 */
public final class ImageRuns {
  private static final int KIND_SHIFT = 62;
  private static final int IMAGE_SHIFT = 40;
  private static final long TARGET_MASK = (1L << IMAGE_SHIFT) - 1;
  private static final long IMAGE_MASK = (1L << (KIND_SHIFT - IMAGE_SHIFT)) - 1;

  private final int[] pages;
  private final int[] counts;

  /** Kind in bits 62 and 63, base image in 40 to 61, first base page or first slot below. */
  private final long[] targets;

  ImageRuns(int[] pages, int[] counts, long[] targets) {
    this.pages = pages;
    this.counts = counts;
    this.targets = targets;
  }

  static long pack(RunKind kind, int image, int target) {
    return ((long) kind.code() << KIND_SHIFT) | ((long) image << IMAGE_SHIFT) | target;
  }

  /** Number of runs. */
  public int size() {
    return pages.length;
  }

  /** First page of a run. */
  public int page(int run) {
    return pages[run];
  }

  /** Pages of a run, at least 1. */
  public int count(int run) {
    return counts[run];
  }

  /** What the run's pages are. */
  public RunKind kind(int run) {
    return RunKind.of((int) (targets[run] >>> KIND_SHIFT));
  }

  /** Ordinal of the base's image; of runs of kind {@link RunKind#BASE}. */
  public int baseImage(int run) {
    return (int) ((targets[run] >>> IMAGE_SHIFT) & IMAGE_MASK);
  }

  /** The first page's page in the base's image, or its slot. */
  public int target(int run) {
    return (int) (targets[run] & TARGET_MASK);
  }

  /** The run that holds a page, or -1 when the page is as in the base. */
  public int find(int page) {
    int at = Arrays.binarySearch(pages, page);
    int run = at >= 0 ? at : -at - 2;
    return run >= 0 && page - pages[run] < counts[run] ? run : -1;
  }

  /** Where a page comes from; empty when it is as in the base. */
  public Optional<PageRef> lookup(int page) {
    int run = find(page);
    if (run < 0) {
      return Optional.empty();
    }
    int target = target(run) + (page - pages[run]);
    return Optional.of(
        switch (kind(run)) {
          case ZERO -> new PageRef.Zero();
          case BASE -> new PageRef.Base(baseImage(run), target);
          case SLOT -> new PageRef.Slot(target);
        });
  }

  /** How many pages the runs of one kind hold. */
  public long pages(RunKind kind) {
    long sum = 0;
    for (int run = 0; run < size(); run++) {
      if (kind(run) == kind) {
        sum += counts[run];
      }
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageRuns that
        && Arrays.equals(pages, that.pages)
        && Arrays.equals(counts, that.counts)
        && Arrays.equals(targets, that.targets);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(pages) + Arrays.hashCode(targets);
  }

  @Override
  public String toString() {
    return size() + " runs";
  }
}
