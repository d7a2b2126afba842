package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.codec.BasePages;
import io.cloudlet.sidecar.codec.SegmentDecoder;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.Blob;
import io.cloudlet.sidecar.overlay.OverlayIndex;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.Segment;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads a finished file back, decodes all of it and compares it with the pages it was made of. */
final class Verifier implements AutoCloseable {
  private final OverlayReader reader;
  private final List<SegmentPlan> plans;
  private final Progress progress;
  private final Pool<Unit> units;
  private final long total;
  private long done;

  Verifier(OverlayReader reader, List<SegmentPlan> plans, BasePages base, Progress progress) {
    this.reader = reader;
    this.plans = plans;
    this.progress = progress;
    this.total = plans.stream().mapToLong(SegmentPlan::bytes).sum();
    List<Segment> segments = reader.directory().segments();
    int stored = segments.stream().mapToInt(Segment::stored).max().orElse(1);
    int pages = segments.stream().mapToInt(Segment::pages).max().orElse(1);
    this.units =
        new Pool<>(() -> {
          SegmentDecoder decoder = new SegmentDecoder(base, reader.describe());
          long decoded = (long) pages << Page.SHIFT;
          return new Unit(decoder, new NativeBuffer(stored), new NativeBuffer(decoded));
        });
  }

  void run(OverlayIndex index, int threads) throws IOException {
    List<Segment> segments = reader.directory().segments();
    if (segments.size() != plans.size() || !reader.index().equals(index)) {
      throw new CorruptException(reader.describe(), 0, "the index reads back otherwise");
    }
    for (Blob blob : reader.manifest().blobs()) {
      reader.read(blob);
    }
    try (OrderedPipeline<Integer> pipeline =
        new OrderedPipeline<>("verification", threads, this::verified)) {
      for (Segment segment : segments) {
        pipeline.submit(() -> verify(segment, plans.get(segment.number())));
      }
      pipeline.drain();
    }
  }

  private int verify(Segment segment, SegmentPlan plan) throws IOException {
    if (segment.pages() != plan.pages()) {
      throw corrupt(segment, "has " + segment.pages() + " pages, not " + plan.pages());
    }
    Unit unit = units.take();
    try {
      ByteBuffer stored = unit.stored.first(segment.stored()).asByteBuffer();
      reader.read(segment, stored);
      MemorySegment pages = unit.pages.first(plan.bytes());
      unit.decoder.decode(segment, stored.flip(), pages);
      int wrong = plan.mismatch(pages);
      if (wrong >= 0) {
        throw corrupt(segment, plan.describe(wrong) + " does not decode to what it was");
      }
      return plan.bytes();
    } finally {
      units.give(unit);
    }
  }

  private CorruptException corrupt(Segment segment, String reason) {
    return new CorruptException(
        reader.describe(), segment.offset(), "segment " + segment.number() + ": " + reason);
  }

  private void verified(int bytes) {
    done += bytes;
    progress.at(Stage.VERIFY, done, total);
  }

  @Override
  public void close() {
    units.close();
  }

  /** What one thread needs to decode. */
  private record Unit(SegmentDecoder decoder, NativeBuffer stored, NativeBuffer pages)
      implements Pool.Item {
    @Override
    public void close() {
      decoder.close();
      stored.close();
      pages.close();
    }
  }
}
