package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.RunKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Copying from the base, cut into jobs that threads take one after the other. Filled by one thread,
 * then run by several.
 */
final class PlacingJobs {
  /** Runs of an index in one job. */
  private static final int RUNS = 1024;

  /** Pages of unchanged content in one job: 16 MiB. */
  private static final int PAGES = 4096;

  private interface Job {
    void run() throws IOException;
  }

  private final List<MappedImage> base;
  private final List<Job> jobs = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  /** Jobs that read the base's images, in the order of the overlay's manifest. */
  PlacingJobs(List<MappedImage> base) {
    this.base = base;
  }

  /** Adds the pages of an image that are equal to other pages of the base. */
  void addBaseRuns(ImageRuns runs, PageSink sink) {
    for (int from = 0; from < runs.size(); from += RUNS) {
      int first = from;
      int end = Math.min(runs.size(), from + RUNS);
      jobs.add(() -> copyBaseRuns(runs, first, end, sink));
    }
  }

  /** Adds pages that an image has from the same place of the base's image. */
  void addUnchanged(PageRuns pages, MappedImage from, PageSink sink) {
    pages.forEachRun((start, count) -> {
      for (long done = 0; done < count; done += PAGES) {
        int page = (int) (start + done);
        int part = (int) Math.min(PAGES, count - done);
        jobs.add(() -> sink.write(page, part, from.segment(), (long) page << Page.SHIFT));
      }
    });
  }

  /** Runs jobs until none is left that nobody has taken. */
  void help() throws IOException {
    for (int job = next.getAndIncrement(); job < jobs.size(); job = next.getAndIncrement()) {
      jobs.get(job).run();
    }
  }

  private void copyBaseRuns(ImageRuns runs, int first, int end, PageSink sink) throws IOException {
    for (int run = first; run < end; run++) {
      if (runs.kind(run) == RunKind.BASE) {
        MappedImage image = base.get(runs.baseImage(run));
        long offset = (long) runs.target(run) << Page.SHIFT;
        sink.write(runs.page(run), runs.count(run), image.segment(), offset);
      }
    }
  }
}
