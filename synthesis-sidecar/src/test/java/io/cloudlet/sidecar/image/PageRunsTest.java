package io.cloudlet.sidecar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRunsTest {
  @Test
  void mergesTouchingRuns() {
    PageRuns runs = new PageRunsBuilder().add(3).add(4).add(5, 2).add(10, 0).add(9).build();
    assertThat(runs.runs()).isEqualTo(2);
    assertThat(runs.start(0)).isEqualTo(3);
    assertThat(runs.count(0)).isEqualTo(4);
    assertThat(runs.pages()).isEqualTo(5);
    assertThat(runs.end()).isEqualTo(10);
    assertThat(runs).hasToString("5 pages in 2 runs: 3+4 9+1");
  }

  @Test
  void theEmptySetIsASet() {
    assertThat(PageRuns.EMPTY.isEmpty()).isTrue();
    assertThat(PageRuns.EMPTY.end()).isZero();
    assertThat(PageRuns.EMPTY.contains(0)).isFalse();
    assertThat(PageRuns.EMPTY.union(PageRuns.of(1, 2))).isEqualTo(PageRuns.of(1, 2));
    assertThat(PageRuns.of(1, 2).minus(PageRuns.EMPTY)).isEqualTo(PageRuns.of(1, 2));
  }

  @Test
  void refusesRunsThatAreNone() {
    PageRunsBuilder builder = new PageRunsBuilder();
    assertThatThrownBy(() -> builder.add(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.add(1, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.add(Long.MAX_VALUE, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PageRuns.of(1, 2).page(2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void behavesLikeABitSet(long seed) {
    RandomGenerator random = Images.random(seed);
    BitSet left = new BitSet();
    BitSet right = new BitSet();
    PageRuns a = randomRuns(random, left);
    PageRuns b = randomRuns(random, right);
    assertMatches(a, left);
    BitSet union = (BitSet) left.clone();
    union.or(right);
    assertMatches(a.union(b), union);
    BitSet rest = (BitSet) left.clone();
    rest.andNot(right);
    assertMatches(a.minus(b), rest);
  }

  private static PageRuns randomRuns(RandomGenerator random, BitSet bits) {
    PageRunsBuilder builder = new PageRunsBuilder();
    for (int i = 0; i < 100; i++) {
      int start = random.nextInt(2000);
      int count = random.nextInt(12);
      bits.set(start, start + count);
      builder.add(start, count);
    }
    return builder.build();
  }

  private static void assertMatches(PageRuns runs, BitSet bits) {
    assertThat(runs.pages()).isEqualTo(bits.cardinality());
    long rank = 0;
    for (int page = 0; page < 2100; page++) {
      assertThat(runs.contains(page)).isEqualTo(bits.get(page));
      assertThat(runs.rank(page)).isEqualTo(rank);
      if (bits.get(page)) {
        assertThat(runs.page(rank++)).isEqualTo(page);
      }
    }
    for (int run = 1; run < runs.runs(); run++) {
      assertThat(runs.start(run)).isGreaterThan(runs.start(run - 1) + runs.count(run - 1));
    }
  }
}
