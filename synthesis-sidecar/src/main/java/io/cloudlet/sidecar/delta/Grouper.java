package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.BaseRun;
import io.cloudlet.sidecar.overlay.Effort;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides new pages into segments such that pages which are alike come into the same one: segments
 * are compressed each on its own, and much of what changes in a machine is content that also lies
 * elsewhere, though not on the same page boundaries. The order of all segments' pages is that of
 * the slots.
 */
final class Grouper {
  /** Larger segments hold more of what is alike, need more memory, and arrive later as a whole. */
  private static final int SEGMENT = (8 << 20) / Page.SIZE;

  private final BaseView base;
  private final Effort effort;
  private final int threads;

  Grouper(BaseView base, Effort effort, int threads) {
    this.base = base;
    this.effort = effort;
    this.threads = threads;
  }

  /** Equal pages and bases give equal plans, whatever the number of threads. */
  List<SegmentPlan> plan(NewPages pages) throws IOException {
    try (Likeness likeness = new Likeness(pages)) {
      Clusters clusters = new Clusters(Likeness.chunks(pages), SEGMENT / Likeness.CHUNK);
      clusters.join(likeness.links(threads).strongestFirst());
      int[] segmentOfChunk = clusters.pack();
      int segments = Arrays.stream(segmentOfChunk).max().orElse(-1) + 1;
      // Indexing a dictionary for each segment costs more time than a fast capture has.
      List<List<BaseRun>> references =
          effort == Effort.FAST
              ? Collections.nCopies(segments, List.of())
              : new ReferenceFinder(likeness.table(), segmentOfChunk).find(base.anchors());
      int[][] chunks = chunksOf(segmentOfChunk, segments);
      return IntStream.range(0, segments)
          .mapToObj(segment -> plan(pages, chunks[segment], references.get(segment)))
          .toList();
    }
  }

  /** The chunks of each segment, ascending; in one pass, as there may be many of both. */
  private static int[][] chunksOf(int[] segmentOfChunk, int segments) {
    int[] counts = new int[segments];
    for (int segment : segmentOfChunk) {
      counts[segment]++;
    }
    int[][] chunks = new int[segments][];
    Arrays.setAll(chunks, segment -> new int[counts[segment]]);
    for (int chunk = segmentOfChunk.length - 1; chunk >= 0; chunk--) {
      int segment = segmentOfChunk[chunk];
      chunks[segment][--counts[segment]] = chunk;
    }
    return chunks;
  }

  private static SegmentPlan plan(NewPages pages, int[] chunks, List<BaseRun> references) {
    int[] numbers =
        Arrays.stream(chunks)
            .map(chunk -> chunk * Likeness.CHUNK)
            .flatMap(
                first -> IntStream.range(first, Math.min(first + Likeness.CHUNK, pages.size())))
            .toArray();
    return new SegmentPlan(pages, numbers, references);
  }
}
