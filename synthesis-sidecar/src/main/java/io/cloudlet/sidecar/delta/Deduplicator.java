package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.ImageRunsBuilder;
import io.cloudlet.sidecar.overlay.PageCounts;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides for every changed page, in the order of the images, whether it is as in the base after
 * all, zero, a page of the base elsewhere, a page that came before, or new. Exact: hashes find
 * candidates, bytes decide. For one use by one thread.
 */
final class Deduplicator {
  private static final int PAGES_PER_STEP = 4096;

  private final List<ChangedImage> images;
  private final BaseView base;
  private final Progress progress;
  private final NewPages fresh;
  private final FreshTable table;
  private final long total;
  private long done;
  private long zero;
  private long inBase;
  private long repeated;

  Deduplicator(List<ChangedImage> images, BaseView base, Progress progress) {
    this.images = images;
    this.base = base;
    this.progress = progress;
    this.fresh = new NewPages(images);
    this.table = new FreshTable(fresh);
    this.total = images.stream().mapToLong(image -> image.changed().pages()).sum();
  }

  Deduplicated run() throws CancelledException {
    List<ImageRuns> runs = new ArrayList<>();
    List<PageCounts> counts = new ArrayList<>();
    for (int ordinal = 0; ordinal < images.size(); ordinal++) {
      zero = 0;
      inBase = 0;
      repeated = 0;
      int before = fresh.size();
      runs.add(image(ordinal));
      counts.add(new PageCounts(zero, inBase, repeated, fresh.size() - before));
    }
    return new Deduplicated(runs, counts, fresh);
  }

  private ImageRuns image(int ordinal) throws CancelledException {
    ChangedImage image = images.get(ordinal);
    PageSource below = base.source(image.id());
    PageRuns changed = image.changed();
    ImageRunsBuilder out = new ImageRunsBuilder();
    for (int run = 0; run < changed.runs(); run++) {
      long end = changed.start(run) + changed.count(run);
      for (long page = changed.start(run); page < end; page++) {
        page(ordinal, image, (int) page, below, out);
        step();
      }
    }
    return out.build();
  }

  private void page(
      int ordinal, ChangedImage image, int page, @Nullable PageSource below, ImageRunsBuilder out) {
    MemorySegment data = image.content().segment();
    long offset = image.content().offsetOf(page);
    if (offset < 0 || Page.isZero(data, offset)) {
      if (!BaseView.isZero(below, page)) {
        zero++;
        out.zero(page);
      }
      return;
    }
    if (BaseView.holds(below, page, data, offset)) {
      return;
    }
    long hash = Page.hash(data, offset);
    long found = base.lookup().find(data, offset, hash);
    if (found == BaseLookup.NONE) {
      out.slot(page, slot(ordinal, page, data, offset, hash));
    } else {
      inBase++;
      out.base(page, BaseLookup.image(found), BaseLookup.page(found));
    }
  }

  private int slot(int ordinal, int page, MemorySegment data, long offset, long hash) {
    int known = table.find(data, offset, hash);
    if (known != FreshTable.NONE) {
      repeated++;
      return known;
    }
    int number = fresh.add(ordinal, page);
    table.add(number, hash);
    return number;
  }

  private void step() throws CancelledException {
    if (++done % PAGES_PER_STEP == 0 || done == total) {
      CancelledException.check("deduplication");
      progress.at(Stage.DEDUPLICATE, done << Page.SHIFT, total << Page.SHIFT);
    }
  }
}
