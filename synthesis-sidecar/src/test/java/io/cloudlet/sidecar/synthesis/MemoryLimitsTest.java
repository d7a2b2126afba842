package io.cloudlet.sidecar.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.OverlayLimits;
import io.cloudlet.sidecar.overlay.Segment;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLimitsTest {
  private static final long LIMIT = 128L << 20;

  @Test
  void usesAllCoresForSmallSegments() {
    MemoryLimits limits = MemoryLimits.of(List.of(segment(512, 500_000)), LIMIT, 16, 4);
    assertThat(limits.workers()).isEqualTo(16);
    assertThat(limits.fetchers()).isEqualTo(4);
    assertThat(limits.pageBuffers()).isGreaterThan(limits.workers());
    assertThat(total(limits)).isLessThanOrEqualTo(LIMIT);
  }

  @Test
  void largeSegmentsTakeFewerWorkersNotMoreMemory() {
    Segment largest = segment(OverlayLimits.SEGMENT_PAGES / 2, 30_000_000);
    MemoryLimits limits = MemoryLimits.of(List.of(largest, segment(1, 10)), LIMIT, 16, 4);
    assertThat(limits.workers()).isEqualTo(2);
    assertThat(total(limits)).isLessThanOrEqualTo(LIMIT + 30_000_000);
  }

  @Test
  void oneSegmentOfAnySizeIsPossible() {
    Segment largest = segment(OverlayLimits.SEGMENT_PAGES, 64 << 20);
    MemoryLimits limits = MemoryLimits.of(List.of(largest), 1 << 20, 2, 2);
    assertThat(limits.workers()).isEqualTo(1);
    assertThat(limits.pageBuffers()).isEqualTo(1);
    assertThat(limits.pageSize()).isEqualTo(64L << 20);
  }

  @Test
  void nothingToDecodeTakesNothing() {
    assertThat(total(MemoryLimits.of(List.of(), LIMIT, 2, 2))).isLessThan(Page.SIZE);
  }

  private static long total(MemoryLimits limits) {
    return limits.storedBuffers() * limits.storedSize() + limits.pageBuffers() * limits.pageSize();
  }

  private static Segment segment(int pages, int stored) {
    Digest digest = Digest.sha256(new byte[0]);
    return new Segment(0, 16, stored, 0, pages, digest, SegmentCodec.plain(0));
  }
}
