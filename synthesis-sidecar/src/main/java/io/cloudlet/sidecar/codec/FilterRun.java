package io.cloudlet.sidecar.codec;

import io.cloudlet.sidecar.image.Page;

/**
 * Pages of a segment that a filter changes as one piece.
 *
 * @param filter what is done with them
 * @param page the first, in the segment
 * @param pages how many, 1 to {@link #MOST_PAGES}
 */
public record FilterRun(PageFilter filter, int page, int pages) {
  /** Most pages of one run, 1 MiB: bounds the memory of a decoder. */
  public static final int MOST_PAGES = 256;

  /** Checks the bounds of the format. */
  public FilterRun {
    if (page < 0 || pages < 1 || pages > MOST_PAGES) {
      throw new IllegalArgumentException(pages + " pages to filter, from page " + page);
    }
  }

  /** The page after the last. */
  int end() {
    return page + pages;
  }

  /** Where the run begins in the segment, in bytes. */
  int offset() {
    return page << Page.SHIFT;
  }

  /** Bytes of the run. */
  int bytes() {
    return pages << Page.SHIFT;
  }
}
