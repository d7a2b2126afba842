package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.ImageRunsBuilder;
import io.cloudlet.sidecar.overlay.OverlayIndex;
import io.cloudlet.sidecar.overlay.RunKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns numbers of new pages into slots: their positions in the file, as the segments have them.
 */
final class SlotOrder {
  private final int[] slots;

  SlotOrder(List<SegmentPlan> plans, int pages) {
    slots = new int[pages];
    int slot = 0;
    for (SegmentPlan plan : plans) {
      for (int at = 0; at < plan.pages(); at++) {
        slots[plan.number(at)] = slot++;
      }
    }
    if (slot != pages) {
      throw new IllegalStateException(slot + " pages in segments, " + pages + " in all");
    }
  }

  OverlayIndex apply(List<ImageRuns> images) {
    List<ImageRuns> ordered = new ArrayList<>();
    for (ImageRuns runs : images) {
      ordered.add(apply(runs));
    }
    return new OverlayIndex(ordered);
  }

  private ImageRuns apply(ImageRuns runs) {
    ImageRunsBuilder out = new ImageRunsBuilder();
    for (int run = 0; run < runs.size(); run++) {
      if (runs.kind(run) != RunKind.SLOT) {
        int image = runs.kind(run) == RunKind.BASE ? runs.baseImage(run) : 0;
        out.add(runs.page(run), runs.count(run), runs.kind(run), image, runs.target(run));
        continue;
      }
      for (int i = 0; i < runs.count(run); i++) {
        out.slot(runs.page(run) + i, slots[runs.target(run) + i]);
      }
    }
    return out.build();
  }
}
