package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.codec.SegmentDecoder;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.Segment;
import io.cloudlet.sidecar.overlay.SegmentDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What one run of the pipeline makes of an overlay: for each image a file, a block of the stream,
 * or nothing. Filled by one thread, then {@link #prepare} once.
 */
final class Targets {
  private final OverlayReader overlay;
  private final BaseImages base;
  private final List<Optional<PageSink>> sinks;
  private final List<StreamedImage> streamed = new ArrayList<>();
  private final BitSet wanted = new BitSet();
  private final PlacingJobs jobs;
  private boolean streams;

  /** No target yet. */
  Targets(OverlayReader overlay, BaseImages base) {
    this.overlay = overlay;
    this.base = base;
    int images = overlay.manifest().images().size();
    this.sinks = new ArrayList<>(Collections.nCopies(images, Optional.empty()));
    for (int image = 0; image < images; image++) {
      streamed.add(new StreamedImage(-1, runs(image)));
    }
    this.jobs = new PlacingJobs(base.images());
  }

  /**
   * The ordinal of an image.
   *
   * @throws CloudletException when the overlay has none of that name
   */
  int require(ImageId id) throws CloudletException {
    int image = overlay.manifest().image(id);
    if (image < 0) {
      throw new CloudletException(
          overlay.describe() + " has no image " + id + "; overlay info lists what it has");
    }
    return image;
  }

  ImageRuns runs(int image) {
    return overlay.index().images().get(image);
  }

  /** An image's changed pages go to a sink. */
  void place(int image, PageSink sink) {
    PageSink named = new NamedSink(overlay.manifest().images().get(image).id(), sink);
    wanted.set(image);
    sinks.set(image, Optional.of(named));
    jobs.addBaseRuns(runs(image), named);
  }

  /** An image's changed pages go to a block of the stream. */
  void stream(int image, int block) {
    wanted.set(image);
    streamed.set(image, new StreamedImage(block, runs(image)));
    streams = true;
  }

  /** To add copies of what the overlay does not change. */
  PlacingJobs jobs() {
    return jobs;
  }

  /** Runs the pipeline to its end, for targets without a stream. */
  StageTimes run(SynthesisLimits limits, SynthesisListener listener) throws IOException {
    StageClock clock = new StageClock();
    run(limits, clock, listener);
    return clock.times();
  }

  /** As the other, with a clock of the caller's. */
  void run(SynthesisLimits limits, StageClock clock, SynthesisListener listener)
      throws IOException {
    try (Prepared prepared = prepare(limits, clock, listener);
        TaskGroup group = new TaskGroup("synthesis")) {
      prepared.pipeline().start(group);
      group.join();
    }
  }

  /** Allocates the pipeline; the caller closes it after its threads have ended. */
  Prepared prepare(SynthesisLimits limits, StageClock clock, SynthesisListener listener) {
    SegmentDirectory directory = overlay.directory();
    PlacementPlan plan = PlacementPlan.of(overlay.index(), directory, wanted);
    List<Segment> segments =
        directory.segments().stream().filter(segment -> plan.uses(segment.number())).toList();
    long bytes = segments.stream().mapToLong(Segment::stored).sum();
    var advance = new SegmentPipeline.Advance(listener, bytes, plan.pageCount());
    Optional<StreamFeed> feed =
        streams
            ? Optional.of(new StreamFeed(plan, streamed, base.images(), advance))
            : Optional.empty();
    SegmentPipeline pipeline =
        new SegmentPipeline(
            overlay,
            segments,
            () -> new SegmentDecoder(base.pages(), overlay.describe()),
            new PagePlacer(plan, sinks, jobs, feed, advance),
            MemoryLimits.of(segments, limits.bufferBytes(), limits.cores(), limits.connections()),
            clock,
            advance);
    return new Prepared(pipeline, feed, segments.size());
  }

  /**
   * A pipeline that is ready to run.
   *
   * @param feed to be run by a thread of its own when there is one
   * @param segments how many the feed will be given
   */
  record Prepared(SegmentPipeline pipeline, Optional<StreamFeed> feed, int segments)
      implements AutoCloseable {
    @Override
    public void close() {
      pipeline.close();
    }
  }
}
