package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.codec.SegmentDecoder;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.Segment;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Fetches segments in the order of the file, verifies them, decodes them on all cores, and hands
 * the pages to a {@link Placer}.
 *
 * <p>What runs ahead is bounded by the number of buffers. The owner closes the pipeline after the
 * tasks have ended.
 */
final class SegmentPipeline implements AutoCloseable {
  /** Verified bytes of a segment, in a buffer of the pool. */
  private record Fetched(Segment segment, MemorySegment buffer) {}

  private final OverlayReader overlay;
  private final List<Segment> segments;
  private final Supplier<SegmentDecoder> decoders;
  private final Placer placer;
  private final MemoryLimits limits;
  private final BufferPool storedBuffers;
  private final BufferPool pageBuffers;
  private final StageClock clock;
  private final Advance advance;

  private final CountDownLatch placing;
  private final AtomicInteger nextFetch = new AtomicInteger();
  private final AtomicInteger nextDecode = new AtomicInteger();
  private final BlockingQueue<Fetched> fetched = new LinkedBlockingQueue<>();

  /** What happens to decoded segments. */
  interface Placer {
    /** Work that needs no segment; each worker calls this once, before its first segment. */
    void begin() throws IOException;

    /**
     * Places a segment's pages.
     *
     * @param pages the segment's pages, in a buffer that may be larger; given back to {@code pool}
     *     when nobody needs it any more
     */
    void place(Segment segment, MemorySegment pages, BufferPool pool)
        throws IOException, InterruptedException;
  }

  /** Is told of a segment that was fetched, and of one that was placed. */
  record Advance(
      SynthesisListener listener,
      long bytesTotal,
      long pagesTotal,
      AtomicLong bytes,
      AtomicLong pages) {
    Advance(SynthesisListener listener, long bytesTotal, long pagesTotal) {
      this(listener, bytesTotal, pagesTotal, new AtomicLong(), new AtomicLong());
    }

    void by(long moreBytes, long morePages) {
      listener.advanced(
          bytes.addAndGet(moreBytes), bytesTotal, pages.addAndGet(morePages), pagesTotal);
    }
  }

  SegmentPipeline(
      OverlayReader overlay,
      List<Segment> segments,
      Supplier<SegmentDecoder> decoders,
      Placer placer,
      MemoryLimits limits,
      StageClock clock,
      Advance advance) {
    this.overlay = overlay;
    this.segments = segments;
    this.decoders = decoders;
    this.placer = placer;
    this.limits = limits;
    this.storedBuffers = new BufferPool(limits.storedBuffers(), limits.storedSize());
    this.pageBuffers = new BufferPool(limits.pageBuffers(), limits.pageSize());
    this.placing = new CountDownLatch(limits.workers());
    this.clock = clock;
    this.advance = advance;
  }

  /** Starts all threads; they end when the last segment has been handed to the placer. */
  void start(TaskGroup group) {
    for (int i = 0; i < limits.fetchers(); i++) {
      group.startWaiting("fetch", this::fetch);
    }
    for (int i = 0; i < limits.workers(); i++) {
      group.start("decode", this::decodeAndPlace);
    }
  }

  private void fetch() throws IOException, InterruptedException {
    for (int n = nextFetch.getAndIncrement();
        n < segments.size();
        n = nextFetch.getAndIncrement()) {
      Segment segment = segments.get(n);
      MemorySegment buffer = storedBuffers.take();
      long start = System.nanoTime();
      ByteBuffer stored = buffer.asSlice(0, segment.stored()).asByteBuffer();
      overlay.fetch(segment, stored);
      start = StageClock.lap(clock.fetch(), start);
      overlay.verify(segment, stored.flip());
      StageClock.lap(clock.verify(), start);
      advance.by(segment.stored(), 0);
      fetched.add(new Fetched(segment, buffer));
    }
  }

  private void decodeAndPlace() throws IOException, InterruptedException {
    long start = System.nanoTime();
    placer.begin();
    StageClock.lap(clock.place(), start);
    try (SegmentDecoder decoder = decoders.get()) {
      while (nextDecode.getAndIncrement() < segments.size()) {
        decodeAndPlace(fetched.take(), decoder);
      }
    }
    placing.countDown();
  }

  /** Waits until every page has been handed to the placer and taken by it. */
  void awaitPlaced() throws InterruptedException {
    placing.await();
  }

  private void decodeAndPlace(Fetched next, SegmentDecoder decoder)
      throws IOException, InterruptedException {
    Segment segment = next.segment();
    MemorySegment pages = pageBuffers.take();
    long start = System.nanoTime();
    decoder.decode(
        segment,
        next.buffer().asSlice(0, segment.stored()).asByteBuffer(),
        pages.asSlice(0, (long) segment.pages() << Page.SHIFT));
    storedBuffers.give(next.buffer());
    start = StageClock.lap(clock.decode(), start);
    placer.place(segment, pages, pageBuffers);
    StageClock.lap(clock.place(), start);
  }

  @Override
  public void close() {
    storedBuffers.close();
    pageBuffers.close();
  }
}
