package io.cloudlet.sidecar.overlay;

import java.util.Arrays;

/** Collects the pages of one image in ascending order and joins neighbours to runs. */
public final class ImageRunsBuilder {
  private int[] pages = new int[64];
  private int[] counts = new int[64];
  private long[] targets = new long[64];
  private int size;
  private long end;

  /** Adds one page that is all zero. */
  public void zero(int page) {
    add(page, 1, RunKind.ZERO, 0, 0);
  }

  /** Adds one page that equals a page of the base. */
  public void base(int page, int baseImage, int basePage) {
    add(page, 1, RunKind.BASE, baseImage, basePage);
  }

  /** Adds one page that lies in a slot. */
  public void slot(int page, int slot) {
    add(page, 1, RunKind.SLOT, 0, slot);
  }

  /**
   * Adds a run.
   *
   * @param target first base page or first slot; 0 for zeros
   * @throws IllegalArgumentException when the run begins before the end of the one before
   */
  public void add(int page, int count, RunKind kind, int baseImage, int target) {
    if (page < end || count < 1) {
      throw new IllegalArgumentException("runs ascend: page " + page + " after " + end);
    }
    long packed = ImageRuns.pack(kind, baseImage, target);
    if (continues(page, kind, packed)) {
      counts[size - 1] += count;
    } else {
      append(page, count, packed);
    }
    end = (long) page + count;
  }

  /** The runs. The builder is not used again. */
  public ImageRuns build() {
    return new ImageRuns(
        Arrays.copyOf(pages, size), Arrays.copyOf(counts, size), Arrays.copyOf(targets, size));
  }

  private boolean continues(int page, RunKind kind, long packed) {
    if (size == 0 || page != end) {
      return false;
    }
    long step = kind == RunKind.ZERO ? 0 : counts[size - 1];
    return targets[size - 1] + step == packed;
  }

  private void append(int page, int count, long packed) {
    if (size == pages.length) {
      int larger = size + (size >> 1);
      pages = Arrays.copyOf(pages, larger);
      counts = Arrays.copyOf(counts, larger);
      targets = Arrays.copyOf(targets, larger);
    }
    pages[size] = page;
    counts[size] = count;
    targets[size] = packed;
    size++;
  }
}
