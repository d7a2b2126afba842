package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.codec.BasePages;
import io.cloudlet.sidecar.codec.FilterChoice;
import io.cloudlet.sidecar.codec.FilterRun;
import io.cloudlet.sidecar.codec.SegmentEncoder;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayWriter;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/** Compresses segments on several threads and appends them to the file in their order. */
final class SegmentCompressor implements AutoCloseable {
  private final OverlayWriter writer;
  private final Progress progress;
  private final int threads;
  private final long total;
  private final Pool<Unit> units;
  private final Pool<NativeBuffer> outputs;
  private long done;

  SegmentCompressor(
      OverlayWriter writer,
      List<SegmentPlan> plans,
      Effort effort,
      BasePages base,
      int threads,
      Progress progress) {
    this.writer = writer;
    this.threads = threads;
    this.progress = progress;
    this.total = plans.stream().mapToLong(SegmentPlan::bytes).sum();
    int largest = plans.stream().mapToInt(SegmentPlan::bytes).max().orElse(Page.SIZE);
    this.units = new Pool<>(() -> new Unit(SegmentEncoder.of(effort, base), largest));
    this.outputs = new Pool<>(() -> new NativeBuffer(bound(largest)));
  }

  void run(List<SegmentPlan> plans) throws IOException {
    try (OrderedPipeline<Encoded> pipeline =
        new OrderedPipeline<>("compression", threads, this::append)) {
      for (SegmentPlan plan : plans) {
        pipeline.submit(() -> encode(plan));
      }
      pipeline.drain();
    }
  }

  private int bound(int bytes) {
    Unit unit = units.take();
    try {
      return unit.encoder.bound(bytes);
    } finally {
      units.give(unit);
    }
  }

  private Encoded encode(SegmentPlan plan) {
    Unit unit = units.take();
    try {
      NativeBuffer output = outputs.take();
      MemorySegment pages = unit.pages.first(plan.bytes());
      plan.gather(pages);
      ByteBuffer stored = output.asByteBuffer();
      List<FilterRun> filters = unit.filters.choose(pages, plan.filterable());
      SegmentCodec codec = unit.encoder.encode(pages, plan.references(), filters, stored);
      stored.flip();
      return new Encoded(plan, output, stored, codec, Digest.sha256(stored));
    } finally {
      units.give(unit);
    }
  }

  private void append(Encoded encoded) throws IOException {
    writer.append(encoded.stored(), encoded.plan().pages(), encoded.codec(), encoded.digest());
    outputs.give(encoded.buffer());
    done += encoded.plan().bytes();
    progress.at(Stage.COMPRESS, done, total);
  }

  @Override
  public void close() {
    units.close();
    outputs.close();
  }

  /** What one thread needs to compress. */
  private static final class Unit implements Pool.Item {
    private final SegmentEncoder encoder;
    private final FilterChoice filters = new FilterChoice();
    private final NativeBuffer pages;

    Unit(SegmentEncoder encoder, int largest) {
      this.encoder = encoder;
      this.pages = new NativeBuffer(largest);
    }

    @Override
    public void close() {
      encoder.close();
      pages.close();
    }
  }
}
