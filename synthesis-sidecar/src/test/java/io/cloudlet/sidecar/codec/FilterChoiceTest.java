package io.cloudlet.sidecar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Page;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterChoiceTest {
  private static final int EACH = 300;

  @Test
  void codeAndNumbersAreRecognised() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pages = FilterSamples.pages(EACH, arena);
      BitSet all = new BitSet();
      all.set(0, 4 * EACH);
      assertThat(new FilterChoice().choose(pages, all))
          .containsExactly(
              new FilterRun(PageFilter.BRANCHES, 0, FilterRun.MOST_PAGES),
              new FilterRun(PageFilter.BRANCHES, 256, EACH - 256),
              new FilterRun(PageFilter.COLUMNS, EACH, FilterRun.MOST_PAGES),
              new FilterRun(PageFilter.COLUMNS, EACH + 256, EACH - 256));
    }
  }

  @Test
  void onlyEligiblePagesAreChosen() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pages = FilterSamples.pages(4, arena);
      BitSet eligible = new BitSet();
      eligible.set(1);
      eligible.set(3, 6);
      assertThat(new FilterChoice().choose(pages, eligible))
          .containsExactly(
              new FilterRun(PageFilter.BRANCHES, 1, 1),
              new FilterRun(PageFilter.BRANCHES, 3, 1),
              new FilterRun(PageFilter.COLUMNS, 4, 2));
      assertThat(new FilterChoice().choose(pages, new BitSet())).isEqualTo(List.of());
      assertThat(pages.byteSize()).isEqualTo(16 * Page.SIZE);
    }
  }
}
