package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.Segment;
import java.util.List;

/**
 * How many threads and buffers a pipeline has, so that it stays below a limit of native memory
 * whatever the overlay's size.
 *
 * @param workers threads that decode and place
 * @param fetchers threads that fetch and verify
 * @param storedBuffers buffers of stored bytes
 * @param storedSize bytes of each
 * @param pageBuffers buffers of pages
 * @param pageSize bytes of each
 */
record MemoryLimits(
    int workers, int fetchers, int storedBuffers, long storedSize, int pageBuffers, long pageSize) {
  /** Decoded segments per worker beyond the one it fills: they wait for QEMU to take them. */
  private static final int AHEAD = 3;

  /**
   * Divides memory among the stages. One segment of the largest kind is always possible, as the
   * format bounds it.
   *
   * @param segments that will be decoded
   * @param bytes of native memory for all buffers, decoders' own included
   * @param cores threads that may compute
   * @param connections reads that may run at the same time
   */
  static MemoryLimits of(List<Segment> segments, long bytes, int cores, int connections) {
    long stored = 1;
    long pages = 1;
    long references = 0;
    for (Segment segment : segments) {
      stored = Math.max(stored, segment.stored());
      pages = Math.max(pages, (long) segment.pages() << Page.SHIFT);
      references = Math.max(references, segment.codec().referencedPages() << Page.SHIFT);
    }
    long perWorker = pages + references + stored;
    int workers = Math.clamp(bytes / perWorker, 1, cores);
    long left = bytes - workers * perWorker;
    int fetchers = Math.clamp(left / 2 / stored, 1, connections);
    int storedBuffers = workers + fetchers;
    left -= fetchers * stored;
    int pageBuffers = workers + Math.clamp(left / pages, 0, AHEAD * workers);
    return new MemoryLimits(workers, fetchers, storedBuffers, stored, pageBuffers, pages);
  }
}
