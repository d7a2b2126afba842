package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Extent;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.image.PageRunsBuilder;
import java.io.IOException;

/** Finds what differs between two flat images, without reading what is a hole in both. */
public final class FlatComparison {
  private final MappedImage base;
  private final MappedImage changed;
  private final PageRunsBuilder found = new PageRunsBuilder();

  private FlatComparison(MappedImage base, MappedImage changed) {
    this.base = base;
    this.changed = changed;
  }

  /** The image {@code changed} against {@code base}; either may be the longer one. */
  public static ChangedImage compare(ImageId id, MappedImage base, MappedImage changed)
      throws IOException {
    PageRuns pages = new FlatComparison(base, changed).run();
    return new ChangedImage(id, changed.length(), pages, changed);
  }

  /** An image that the base has not: all that is not a hole. */
  public static ChangedImage isNew(ImageId id, MappedImage image) throws IOException {
    return new ChangedImage(id, image.length(), dataPages(image), image);
  }

  /** The pages of an image that may hold something else than zeros. */
  static PageRuns dataPages(MappedImage image) throws IOException {
    PageRunsBuilder pages = new PageRunsBuilder();
    for (Extent extent : image.dataExtents()) {
      long first = extent.offset() >>> Page.SHIFT;
      pages.add(first, Page.count(extent.end()) - first);
    }
    return pages.build();
  }

  private PageRuns run() throws IOException {
    long common = Math.min(Page.count(base.length()), Page.count(changed.length()));
    PageRuns candidates = dataPages(base).union(dataPages(changed));
    for (int run = 0; run < candidates.runs(); run++) {
      long start = candidates.start(run);
      long end = Math.min(start + candidates.count(run), Page.count(changed.length()));
      compare(start, Math.min(end, common));
      // Beyond the base's end everything that may not be zero counts as changed.
      if (end > Math.max(start, common)) {
        found.add(Math.max(start, common), end - Math.max(start, common));
      }
    }
    return found.build();
  }

  private void compare(long start, long end) {
    for (long page = start; page < end; page++) {
      long offset = page << Page.SHIFT;
      if (!Page.equal(base.segment(), offset, changed.segment(), offset)) {
        found.add(page);
      }
    }
  }
}
