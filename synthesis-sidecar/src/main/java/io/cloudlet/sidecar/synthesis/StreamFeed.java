package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Sends the changed pages of guest memory to QEMU, as they are decoded. One thread runs it, as a
 * stream has one writer; those that decode do not wait for QEMU.
 */
final class StreamFeed {
  private record Decoded(int segment, MemorySegment pages, BufferPool pool) {}

  private final PlacementPlan plan;
  private final List<StreamedImage> images;
  private final List<MappedImage> base;
  private final SegmentPipeline.Advance advance;
  private final BlockingQueue<Decoded> queue = new LinkedBlockingQueue<>();

  /**
   * A feed of some images.
   *
   * @param images by ordinal of the overlay's images
   * @param base the base's images, in the order of the overlay's manifest
   */
  StreamFeed(
      PlacementPlan plan,
      List<StreamedImage> images,
      List<MappedImage> base,
      SegmentPipeline.Advance advance) {
    this.plan = plan;
    this.images = images;
    this.base = base;
    this.advance = advance;
  }

  /** Takes a decoded segment over; its buffer goes back to the pool after sending. */
  void add(int segment, MemorySegment pages, BufferPool pool) {
    queue.add(new Decoded(segment, pages, pool));
  }

  /**
   * Sends what needs no segment, then so many segments as they come.
   *
   * @param out where the list of blocks has been written
   */
  void run(MigrationStreamHandler out, int segments) throws IOException, InterruptedException {
    for (StreamedImage image : images) {
      if (image.block() >= 0) {
        sendBase(image, out);
      }
    }
    for (int sent = 0; sent < segments; sent++) {
      Decoded next = queue.take();
      send(next, out);
      next.pool().give(next.pages());
    }
  }

  private void sendBase(StreamedImage image, MigrationStreamHandler out) throws IOException {
    ImageRuns runs = image.runs();
    for (int run = 0; run < runs.size(); run++) {
      int page = runs.page(run);
      switch (runs.kind(run)) {
        case ZERO -> {
          for (int i = 0; i < runs.count(run); i++) {
            out.fill(image.block(), (long) (page + i) << Page.SHIFT, (byte) 0);
          }
        }
        case BASE -> {
          MemorySegment from = base.get(runs.baseImage(run)).segment();
          send(image.block(), page, runs.count(run), from, runs.target(run), out);
        }
        case SLOT -> {}
      }
    }
  }

  private void send(Decoded decoded, MigrationStreamHandler out) throws IOException {
    long sent = 0;
    int end = plan.end(decoded.segment());
    for (int piece = plan.begin(decoded.segment()); piece < end; piece++) {
      int block = images.get(plan.image(piece)).block();
      if (block >= 0) {
        int count = plan.count(piece);
        send(block, plan.page(piece), count, decoded.pages(), plan.slot(piece), out);
        sent += count;
      }
    }
    advance.by(0, sent);
  }

  private static void send(
      int block, int page, int count, MemorySegment from, int at, MigrationStreamHandler out)
      throws IOException {
    for (int i = 0; i < count; i++) {
      long offset = (long) (page + i) << Page.SHIFT;
      out.page(block, offset, from, (long) (at + i) << Page.SHIFT);
    }
  }
}
