package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.BaseRun;
import io.cloudlet.sidecar.overlay.Effort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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

  /** Anchors that a chunk may share with others and still be filtered. */
  private static final int MOST_SHARED = 8;

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
    Grain grain = Grain.of(effort);
    try (Likeness likeness = new Likeness(pages, grain)) {
      Clusters clusters = new Clusters(likeness.chunks(), SEGMENT / grain.chunk());
      List<Links.Link> links = likeness.links(threads).strongestFirst();
      clusters.join(links);
      int[] segmentOfChunk = clusters.pack();
      int segments = Arrays.stream(segmentOfChunk).max().orElse(-1) + 1;
      // Indexing a dictionary for each segment costs more time than a fast capture has.
      List<List<BaseRun>> references =
          effort == Effort.FAST
              ? Collections.nCopies(segments, List.of())
              : new ReferenceFinder(likeness.table(), segmentOfChunk).find(base.anchors());
      int[][] chunks = chunksOf(segmentOfChunk, segments);
      // Looking for what filters do good to costs time, too.
      BitSet filterable =
          effort == Effort.BEST ? distinct(segmentOfChunk.length, links) : new BitSet();
      List<SegmentPlan> plans = new ArrayList<>();
      for (int segment = 0; segment < segments; segment++) {
        int[] numbers = numbers(chunks[segment], grain.chunk(), pages.size());
        BitSet positions = positions(numbers, grain.chunk(), filterable);
        plans.add(new SegmentPlan(pages, numbers, references.get(segment), positions));
      }
      return plans;
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

  /** Chunks that have little in common with others: a filter would hide what is alike. */
  private static BitSet distinct(int chunks, List<Links.Link> links) {
    int[] shared = new int[chunks];
    for (Links.Link link : links) {
      shared[link.a()] += link.weight();
      shared[link.b()] += link.weight();
    }
    BitSet distinct = new BitSet(chunks);
    for (int chunk = 0; chunk < chunks; chunk++) {
      distinct.set(chunk, shared[chunk] <= MOST_SHARED);
    }
    return distinct;
  }

  /** The numbers of the pages of chunks. */
  private static int[] numbers(int[] chunks, int chunkPages, int pages) {
    return Arrays.stream(chunks)
        .map(chunk -> chunk * chunkPages)
        .flatMap(first -> IntStream.range(first, Math.min(first + chunkPages, pages)))
        .toArray();
  }

  /** The positions of the pages in some chunks. */
  private static BitSet positions(int[] numbers, int chunkPages, BitSet chunks) {
    BitSet positions = new BitSet(numbers.length);
    for (int at = 0; at < numbers.length; at++) {
      positions.set(at, chunks.get(numbers[at] / chunkPages));
    }
    return positions;
  }
}
