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
      // Reading the whole base costs more time than a fast capture has.
      List<List<BaseRun>> references =
          effort == Effort.FAST
              ? Collections.nCopies(segments, List.of())
              : new ReferenceFinder(likeness, segmentOfChunk).find(base, threads);
      return IntStream.range(0, segments)
          .mapToObj(segment -> plan(pages, segmentOfChunk, segment, references.get(segment)))
          .toList();
    }
  }

  private static SegmentPlan plan(
      NewPages pages, int[] segmentOfChunk, int segment, List<BaseRun> references) {
    int[] numbers =
        IntStream.range(0, segmentOfChunk.length)
            .filter(chunk -> segmentOfChunk[chunk] == segment)
            .map(chunk -> chunk * Likeness.CHUNK)
            .flatMap(
                first -> IntStream.range(first, Math.min(first + Likeness.CHUNK, pages.size())))
            .toArray();
    return new SegmentPlan(pages, numbers, references);
  }
}
