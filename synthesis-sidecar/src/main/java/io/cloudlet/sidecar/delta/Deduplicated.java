package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.PageCounts;
import java.util.List;

/**
 * What is left of the changed pages.
 *
 * @param runs of each image; their slots are numbers of {@code fresh}
 * @param counts of each image
 * @param fresh the pages with new content
 */
record Deduplicated(List<ImageRuns> runs, List<PageCounts> counts, NewPages fresh) {
  Deduplicated {
    runs = List.copyOf(runs);
    counts = List.copyOf(counts);
  }
}
