package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageSource;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Changed pages of one image, and what can be said of each by itself: whether it is as in the base,
 * zero, or a page of the base elsewhere. Filled by one thread, read by another one later.
 */
final class PageBatch {
  /** Pages of a batch: 8 MiB, so that tasks are short and their results are small. */
  static final int MOST = 2048;

  /** {@link #verdict}: neither zero nor in the base. */
  static final long OTHER = BaseLookup.NONE;

  /** {@link #verdict}: all bytes are zero, and in the base they are not. */
  static final long ZERO = -2;

  /** {@link #verdict}: the base holds the same at this place. */
  static final long UNCHANGED = -3;

  private final int ordinal;
  private final ChangedImage image;
  private final int[] pages = new int[MOST];
  private final long[] verdicts = new long[MOST];
  private final long[] hashes = new long[MOST];
  private int size;

  /** An empty batch of the image with this ordinal. */
  PageBatch(int ordinal, ChangedImage image) {
    this.ordinal = ordinal;
    this.image = image;
  }

  void add(int page) {
    pages[size++] = page;
  }

  boolean isFull() {
    return size == MOST;
  }

  int ordinal() {
    return ordinal;
  }

  int size() {
    return size;
  }

  /** The number in its image of the batch's page {@code at}. */
  int page(int at) {
    return pages[at];
  }

  /** A page of the base as {@link BaseLookup#pack} joins it, or one of the constants here. */
  long verdict(int at) {
    return verdicts[at];
  }

  /** The page's {@link Page#hash} when its verdict is {@link #OTHER}. */
  long hash(int at) {
    return hashes[at];
  }

  /** What holds the content of the pages. */
  MemorySegment content() {
    return image.content().segment();
  }

  /** Where in {@link #content} a page of verdict {@link #OTHER} begins. */
  long offset(int at) {
    return image.content().offsetOf(pages[at]);
  }

  /** Decides for all pages. */
  PageBatch inspect(BaseView base) {
    PageSource below = base.source(image.id());
    for (int at = 0; at < size; at++) {
      verdicts[at] = verdict(at, below, base.lookup());
    }
    return this;
  }

  private long verdict(int at, @Nullable PageSource below, BaseLookup lookup) {
    int page = pages[at];
    long offset = offset(at);
    if (offset < 0 || Page.isZero(content(), offset)) {
      return BaseView.isZero(below, page) ? UNCHANGED : ZERO;
    }
    if (BaseView.holds(below, page, content(), offset)) {
      return UNCHANGED;
    }
    hashes[at] = Page.hash(content(), offset);
    return lookup.find(content(), offset, hashes[at]);
  }
}
