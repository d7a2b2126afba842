package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.overlay.BaseRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Finds for each segment the pages of the base that have most content in common with it. */
final class ReferenceFinder {
  /** Pages that one task looks at. */
  private static final int PAGES_PER_TASK = 1024;

  private final AnchorTable table;
  private final int bits;
  private final int[] segmentOfChunk;
  private final References[] references;

  /** Each anchor counts for one page of the base only: a second page with it adds nothing. */
  private final BitSet spent;

  ReferenceFinder(Likeness likeness, int[] segmentOfChunk) {
    this.table = likeness.table();
    this.bits = likeness.bits();
    this.segmentOfChunk = segmentOfChunk;
    this.spent = new BitSet(table.slots());
    this.references = new References[Arrays.stream(segmentOfChunk).max().orElse(-1) + 1];
    Arrays.setAll(references, segment -> new References());
  }

  /** The references of each segment. */
  List<List<BaseRun>> find(BaseView base, int threads) throws IOException {
    try (OrderedPipeline<Hits> pipeline =
        new OrderedPipeline<>("search for like pages", threads, this::take)) {
      for (int image = 0; image < base.sources().size(); image++) {
        submit(pipeline, image, base.sources().get(image));
      }
      pipeline.drain();
    }
    List<List<BaseRun>> runs = new ArrayList<>();
    for (References segment : references) {
      runs.add(segment.best());
    }
    return runs;
  }

  private void submit(OrderedPipeline<Hits> pipeline, int image, PageSource source)
      throws IOException {
    PageRuns data =
        source instanceof MappedImage mapped
            ? FlatComparison.dataPages(mapped)
            : PageRuns.of(0, Page.count(source.length()));
    for (int run = 0; run < data.runs(); run++) {
      long end = data.start(run) + data.count(run);
      for (long page = data.start(run); page < end; page += PAGES_PER_TASK) {
        long from = page;
        long to = Math.min(end, page + PAGES_PER_TASK);
        pipeline.submit(() -> scan(image, source, from, to));
      }
    }
  }

  private Hits scan(int image, PageSource source, long from, long to) {
    Anchors anchors = new Anchors(bits);
    Hits hits = new Hits(image);
    for (long page = from; page < to; page++) {
      long offset = source.offsetOf(page);
      if (offset < 0) {
        continue;
      }
      anchors.scan(source.segment(), offset);
      for (int i = 0; i < anchors.size(); i++) {
        if (table.chunk(anchors.key(i)) != AnchorTable.NONE) {
          hits.add((int) page, anchors.key(i));
        }
      }
    }
    return hits;
  }

  private void take(Hits hits) {
    for (int i = 0; i < hits.size; i++) {
      int slot = table.slot(hits.keys[i]);
      if (!spent.get(slot)) {
        spent.set(slot);
        int segment = segmentOfChunk[table.chunk(hits.keys[i])];
        references[segment].hit(hits.image, hits.pages[i]);
      }
    }
  }

  /** Anchors of the base that new pages have too, in the order of the base's pages. */
  private static final class Hits {
    private final int image;
    private int[] pages = new int[64];
    private long[] keys = new long[64];
    private int size;

    Hits(int image) {
      this.image = image;
    }

    void add(int page, long key) {
      if (size == pages.length) {
        pages = Arrays.copyOf(pages, 2 * size);
        keys = Arrays.copyOf(keys, 2 * size);
      }
      pages[size] = page;
      keys[size++] = key;
    }
  }
}
