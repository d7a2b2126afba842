package io.cloudlet.sidecar.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.overlay.ImageRunsBuilder;
import io.cloudlet.sidecar.overlay.OverlayIndex;
import io.cloudlet.sidecar.overlay.RunKind;
import io.cloudlet.sidecar.overlay.Segment;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import io.cloudlet.sidecar.overlay.SegmentDirectory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementPlanTest {
  private static final Digest DIGEST = Digest.sha256(new byte[0]);

  /** Segments of 10, 5 and 20 slots. */
  private final SegmentDirectory directory = directory(10, 5, 20);

  private final OverlayIndex index = index();

  @Test
  void cutsRunsWhereSegmentsEnd() {
    PlacementPlan plan = PlacementPlan.of(index, directory, images(0, 1));
    assertThat(pieces(plan, 0)).containsExactly("0: 8->100+2", "1: 0->7+1");
    assertThat(pieces(plan, 1)).containsExactly("0: 0->102+5");
    assertThat(pieces(plan, 2)).containsExactly("0: 0->107+3", "1: 1->3+2", "1: 1->9+1");
    assertThat(plan.pageCount()).isEqualTo(14);
  }

  @Test
  void leavesOutImagesThatNobodyWants() {
    PlacementPlan plan = PlacementPlan.of(index, directory, images(1));
    assertThat(plan.uses(0)).isTrue();
    assertThat(plan.uses(1)).isFalse();
    assertThat(pieces(plan, 2)).containsExactly("1: 1->3+2", "1: 1->9+1");
    assertThat(plan.pageCount()).isEqualTo(4);
  }

  private static OverlayIndex index() {
    ImageRunsBuilder first = new ImageRunsBuilder();
    first.zero(1);
    first.add(100, 10, RunKind.SLOT, 0, 8);
    ImageRunsBuilder second = new ImageRunsBuilder();
    second.add(3, 2, RunKind.SLOT, 0, 16);
    second.slot(7, 0);
    second.slot(9, 16);
    second.base(20, 0, 4);
    return new OverlayIndex(List.of(first.build(), second.build()));
  }

  private static SegmentDirectory directory(int... pages) {
    List<Segment> segments = new ArrayList<>();
    int slot = 0;
    for (int count : pages) {
      segments.add(
          new Segment(segments.size(), 16 + slot, 1, slot, count, DIGEST, SegmentCodec.plain(0)));
      slot += count;
    }
    return new SegmentDirectory(segments);
  }

  private static List<String> pieces(PlacementPlan plan, int segment) {
    List<String> pieces = new ArrayList<>();
    for (int i = plan.begin(segment); i < plan.end(segment); i++) {
      pieces.add(plan.image(i) + ": " + plan.slot(i) + "->" + plan.page(i) + "+" + plan.count(i));
    }
    return pieces;
  }

  private static BitSet images(int... ordinals) {
    BitSet images = new BitSet();
    for (int ordinal : ordinals) {
      images.set(ordinal);
    }
    return images;
  }
}
