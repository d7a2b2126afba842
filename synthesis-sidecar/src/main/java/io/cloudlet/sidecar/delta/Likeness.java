package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Anchors;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.util.Arrays;

/** Finds out which chunks of new pages have content in common. Owns the table of anchors. */
final class Likeness implements AutoCloseable {
  /** Chunks that one task looks at. */
  private static final int CHUNKS_PER_TASK = 64;

  /** Anchors are rarer than wanted when there would be more than this. */
  private static final long MOST_ANCHORS = 1L << 22;

  private final NewPages pages;
  private final int chunkPages;
  private final int bits;
  private final AnchorTable table;
  private final Links links;

  Likeness(NewPages pages, Grain grain) {
    long bytes = (long) pages.size() << Page.SHIFT;
    int needed = grain.bits();
    while (bytes >>> needed > MOST_ANCHORS << (Grain.COARSE - grain.bits())) {
      needed++;
    }
    this.pages = pages;
    this.chunkPages = grain.chunk();
    this.links = new Links(grain.chance());
    this.bits = needed;
    this.table = new AnchorTable(bytes >>> bits);
  }

  /** How many chunks there are. */
  int chunks() {
    return Math.ceilDiv(pages.size(), chunkPages);
  }

  /** The last chunk with each anchor, once {@link #links} has been called. */
  AnchorTable table() {
    return table;
  }

  /** Looks at all pages. */
  Links links(int threads) throws IOException {
    int chunks = chunks();
    try (OrderedPipeline<Found> pipeline = new OrderedPipeline<>("grouping", threads, this::take)) {
      for (int first = 0; first < chunks; first += CHUNKS_PER_TASK) {
        int from = first;
        int to = Math.min(chunks, first + CHUNKS_PER_TASK);
        pipeline.submit(() -> scan(from, to));
      }
      pipeline.drain();
    }
    return links;
  }

  private Found scan(int from, int to) {
    Anchors anchors = new Anchors(bits);
    Found found = new Found(from, new long[CHUNKS_PER_TASK * chunkPages], new int[to - from]);
    int size = 0;
    for (int chunk = from; chunk < to; chunk++) {
      int end = Math.min(pages.size(), (chunk + 1) * chunkPages);
      for (int number = chunk * chunkPages; number < end; number++) {
        anchors.scan(pages.segment(number), pages.offset(number));
        found = found.withRoom(size + anchors.size());
        for (int i = 0; i < anchors.size(); i++) {
          found.keys[size++] = anchors.key(i);
        }
      }
      found.ends[chunk - from] = size;
    }
    return found;
  }

  private void take(Found found) {
    int at = 0;
    for (int i = 0; i < found.ends.length; i++) {
      int chunk = found.first + i;
      for (; at < found.ends[i]; at++) {
        long key = found.keys[at];
        int before = table.chunk(key);
        if (before != AnchorTable.NONE && before != chunk) {
          links.add(before, chunk);
        }
        table.put(key, chunk);
      }
    }
  }

  @Override
  public void close() {
    table.close();
  }

  /** Anchors of consecutive chunks. */
  private static final class Found {
    private final int first;
    private final long[] keys;
    private final int[] ends;

    Found(int first, long[] keys, int[] ends) {
      this.first = first;
      this.keys = keys;
      this.ends = ends;
    }

    Found withRoom(int size) {
      return size <= keys.length ? this : new Found(first, Arrays.copyOf(keys, 2 * size), ends);
    }
  }
}
