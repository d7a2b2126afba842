package io.cloudlet.sidecar.overlay;

import java.util.List;

/** Writes runs into columns; each number is the difference to what is expected. */
final class IndexColumns {
  private final VarintWriter gaps = new VarintWriter();
  private final VarintWriter counts = new VarintWriter();
  private final VarintWriter slots = new VarintWriter();
  private final VarintWriter bases = new VarintWriter();
  private final long[] expectedPage;
  private long expectedSlot;

  IndexColumns(int baseImages) {
    expectedPage = new long[baseImages];
  }

  void append(ImageRuns runs) {
    long end = 0;
    for (int run = 0; run < runs.size(); run++) {
      RunKind kind = runs.kind(run);
      long count = runs.count(run);
      gaps.unsigned(runs.page(run) - end);
      counts.unsigned((count - 1) * RunKind.COUNT + kind.code());
      end = runs.page(run) + count;
      switch (kind) {
        case ZERO -> {}
        case BASE -> appendBase(runs, run);
        case SLOT -> {
          slots.signed(runs.target(run) - expectedSlot);
          expectedSlot = runs.target(run) + count;
        }
      }
    }
  }

  private void appendBase(ImageRuns runs, int run) {
    int image = runs.baseImage(run);
    bases.unsigned(image);
    bases.signed(runs.target(run) - expectedPage[image]);
    expectedPage[image] = (long) runs.target(run) + runs.count(run);
  }

  List<VarintWriter> all() {
    return List.of(gaps, counts, slots, bases);
  }
}
