package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.image.PageRunsBuilder;
import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.RunKind;

/** An image's changed pages as sets: those that have content, and those that are zero. */
record RunSets(PageRuns data, PageRuns zero) {
  static RunSets of(ImageRuns runs) {
    PageRunsBuilder data = new PageRunsBuilder();
    PageRunsBuilder zero = new PageRunsBuilder();
    for (int run = 0; run < runs.size(); run++) {
      (runs.kind(run) == RunKind.ZERO ? zero : data).add(runs.page(run), runs.count(run));
    }
    return new RunSets(data.build(), zero.build());
  }

  PageRuns all() {
    return data.union(zero);
  }
}
