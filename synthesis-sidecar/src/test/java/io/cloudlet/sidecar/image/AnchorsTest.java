package io.cloudlet.sidecar.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnchorsTest {
  private final Anchors anchors = new Anchors(8);

  @Test
  void contentHasTheSameAnchorsWhereverItLies() {
    byte[] bytes = new byte[3 * Page.SIZE];
    new Random(1).nextBytes(bytes);
    List<Long> here = scan(bytes, 0);
    List<Long> there = scan(bytes, 1000);
    assertThat(here).hasSizeBetween(4, 40);
    // All but those of the first 1000 bytes, and of the first window, come again.
    assertThat(there.subList(0, there.size() / 2)).isNotEmpty();
    assertThat(here).containsSubsequence(there.subList(0, there.size() / 2));
  }

  @Test
  void repeatedBytesHaveAtMostOneAnchorForEightOfThem() {
    assertThat(scan(new byte[Page.SIZE], 0)).hasSizeLessThanOrEqualTo(1);
    for (int value = 0; value < 256; value++) {
      byte[] bytes = new byte[Page.SIZE];
      Arrays.fill(bytes, (byte) value);
      assertThat(scan(bytes, 0)).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void fewerBitsGiveMoreAnchors() {
    byte[] bytes = new byte[Page.SIZE];
    new Random(2).nextBytes(bytes);
    Anchors denser = new Anchors(5);
    denser.scan(MemorySegment.ofArray(bytes), 0);
    assertThat(denser.size()).isGreaterThan(scan(bytes, 0).size());
  }

  private List<Long> scan(byte[] bytes, int offset) {
    anchors.scan(MemorySegment.ofArray(bytes), offset);
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i < anchors.size(); i++) {
      keys.add(anchors.key(i));
    }
    return keys;
  }
}
