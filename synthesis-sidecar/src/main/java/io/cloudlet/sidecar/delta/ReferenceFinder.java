package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.base.BaseAnchors;
import io.cloudlet.sidecar.overlay.BaseRun;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Finds for each segment the pages of the base that have most content in common with it. */
final class ReferenceFinder {
  private final AnchorTable table;
  private final int[] segmentOfChunk;
  private final References[] references;

  /** Each anchor counts for one page of the base only: a second page with it adds nothing. */
  private final BitSet spent;

  ReferenceFinder(AnchorTable table, int[] segmentOfChunk) {
    this.table = table;
    this.segmentOfChunk = segmentOfChunk;
    this.spent = new BitSet(table.slots());
    this.references = new References[Arrays.stream(segmentOfChunk).max().orElse(-1) + 1];
    Arrays.setAll(references, segment -> new References());
  }

  /** The references of each segment. */
  List<List<BaseRun>> find(BaseAnchors base) throws CancelledException {
    BaseAnchors.Cursor page = base.cursor();
    while (page.next()) {
      for (int anchor = 0; anchor < page.size(); anchor++) {
        count(page, page.key(anchor));
      }
      CancelledException.check("the search for like pages");
    }
    return Arrays.stream(references).map(References::best).toList();
  }

  private void count(BaseAnchors.Cursor page, long key) {
    int chunk = table.chunk(key);
    int slot = table.slot(key);
    if (chunk != AnchorTable.NONE && !spent.get(slot)) {
      spent.set(slot);
      references[segmentOfChunk[chunk]].hit(page.ordinal(), (int) page.page());
    }
  }
}
