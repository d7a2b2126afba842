package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.ImageRunsBuilder;
import io.cloudlet.sidecar.overlay.PageCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides for every changed page, in the order of the images, whether it is as in the base after
 * all, zero, a page of the base elsewhere, a page that came before, or new. Exact: hashes find
 * candidates, bytes decide. What a page is by itself is found out on several threads, what it is
 * among the others in order, so equal input gives equal output. For one use by one thread.
 */
final class Deduplicator {
  private final List<ChangedImage> images;
  private final BaseView base;
  private final int threads;
  private final Progress progress;
  private final NewPages fresh;
  private final FreshTable table;
  private final List<ImageOutcome> outcomes = new ArrayList<>();
  private final long total;
  private long done;

  Deduplicator(List<ChangedImage> images, BaseView base, int threads, Progress progress) {
    this.images = images;
    this.base = base;
    this.threads = threads;
    this.progress = progress;
    this.fresh = new NewPages(images);
    this.table = new FreshTable(fresh);
    this.total = images.stream().mapToLong(image -> image.changed().pages()).sum();
  }

  Deduplicated run() throws IOException {
    try (OrderedPipeline<PageBatch> pipeline =
        new OrderedPipeline<>("deduplication", threads, this::take)) {
      for (int ordinal = 0; ordinal < images.size(); ordinal++) {
        outcomes.add(new ImageOutcome());
        submit(pipeline, ordinal);
      }
      pipeline.drain();
    }
    return new Deduplicated(
        outcomes.stream().map(ImageOutcome::runs).toList(),
        outcomes.stream().map(ImageOutcome::counts).toList(),
        fresh);
  }

  private void submit(OrderedPipeline<PageBatch> pipeline, int ordinal) throws IOException {
    ChangedImage image = images.get(ordinal);
    PageRuns changed = image.changed();
    PageBatch batch = new PageBatch(ordinal, image);
    for (int run = 0; run < changed.runs(); run++) {
      long end = changed.start(run) + changed.count(run);
      for (long page = changed.start(run); page < end; page++) {
        batch.add((int) page);
        if (batch.isFull()) {
          submit(pipeline, batch);
          batch = new PageBatch(ordinal, image);
        }
      }
    }
    submit(pipeline, batch);
  }

  private void submit(OrderedPipeline<PageBatch> pipeline, PageBatch batch) throws IOException {
    pipeline.submit(() -> batch.inspect(base));
  }

  private void take(PageBatch batch) {
    ImageOutcome outcome = outcomes.get(batch.ordinal());
    for (int at = 0; at < batch.size(); at++) {
      long verdict = batch.verdict(at);
      if (verdict == PageBatch.OTHER) {
        other(batch, at, outcome);
      } else if (verdict == PageBatch.ZERO) {
        outcome.zero(batch.page(at));
      } else if (verdict != PageBatch.UNCHANGED) {
        outcome.base(batch.page(at), verdict);
      }
    }
    done += batch.size();
    progress.at(Stage.DEDUPLICATE, done << Page.SHIFT, total << Page.SHIFT);
  }

  private void other(PageBatch batch, int at, ImageOutcome outcome) {
    long hash = batch.hash(at);
    int known = table.find(batch.content(), batch.offset(at), hash);
    if (known != FreshTable.NONE) {
      outcome.repeated(batch.page(at), known);
      return;
    }
    int number = fresh.add(batch.ordinal(), batch.page(at));
    table.add(number, hash);
    outcome.fresh(batch.page(at), number);
  }

  /** What the pages of one image are. */
  private static final class ImageOutcome {
    private final ImageRunsBuilder runs = new ImageRunsBuilder();
    private long zero;
    private long inBase;
    private long repeated;
    private long fresh;

    void zero(int page) {
      zero++;
      runs.zero(page);
    }

    void base(int page, long found) {
      inBase++;
      runs.base(page, BaseLookup.image(found), BaseLookup.page(found));
    }

    void repeated(int page, int number) {
      repeated++;
      runs.slot(page, number);
    }

    void fresh(int page, int number) {
      fresh++;
      runs.slot(page, number);
    }

    ImageRuns runs() {
      return runs.build();
    }

    PageCounts counts() {
      return new PageCounts(zero, inBase, repeated, fresh);
    }
  }
}
