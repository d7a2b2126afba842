package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.Segment;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** Places decoded segments: into files at once, to the stream, if there is one, in passing. */
final class PagePlacer implements SegmentPipeline.Placer {
  private final PlacementPlan plan;
  private final List<Optional<PageSink>> sinks;
  private final PlacingJobs jobs;
  private final Optional<StreamFeed> stream;
  private final SegmentPipeline.Advance advance;

  /**
   * A placer for some images.
   *
   * @param sinks by ordinal of the overlay's images; empty for those that are streamed or not
   *     wanted
   * @param jobs what is to be done besides
   * @param stream takes the pages of streamed images
   */
  PagePlacer(
      PlacementPlan plan,
      List<Optional<PageSink>> sinks,
      PlacingJobs jobs,
      Optional<StreamFeed> stream,
      SegmentPipeline.Advance advance) {
    this.plan = plan;
    this.sinks = sinks;
    this.jobs = jobs;
    this.stream = stream;
    this.advance = advance;
  }

  @Override
  public void begin() throws IOException {
    jobs.help();
  }

  @Override
  public void place(Segment segment, MemorySegment pages, BufferPool pool) throws IOException {
    long placed = 0;
    int number = segment.number();
    for (int piece = plan.begin(number); piece < plan.end(number); piece++) {
      Optional<PageSink> sink = sinks.get(plan.image(piece));
      if (sink.isPresent()) {
        int count = plan.count(piece);
        long offset = (long) plan.slot(piece) << Page.SHIFT;
        sink.get().write(plan.page(piece), count, pages, offset);
        placed += count;
      }
    }
    advance.by(0, placed);
    if (stream.isPresent()) {
      stream.get().add(number, pages, pool);
    } else {
      pool.give(pages);
    }
  }
}
