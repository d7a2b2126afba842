package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.Effort;
import java.util.ArrayList;
import java.util.List;

/** Divides new pages into segments. The order of all segments' pages is that of the slots. */
final class Grouper {
  private Grouper() {}

  static List<SegmentPlan> plan(NewPages pages, Effort effort) {
    int most = segmentBytes(effort) >>> Page.SHIFT;
    List<SegmentPlan> plans = new ArrayList<>();
    for (int first = 0; first < pages.size(); first += most) {
      int[] numbers = new int[Math.min(most, pages.size() - first)];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = first + i;
      }
      plans.add(new SegmentPlan(pages, numbers, List.of()));
    }
    return plans;
  }

  /** Larger segments compress better, need more memory per thread, and arrive later as a whole. */
  private static int segmentBytes(Effort effort) {
    return switch (effort) {
      case FAST -> 2 << 20;
      case BALANCED -> 8 << 20;
      case BEST -> 16 << 20;
    };
  }
}
