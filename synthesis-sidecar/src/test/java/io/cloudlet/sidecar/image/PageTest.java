package io.cloudlet.sidecar.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void countRoundsUp() {
    assertThat(Page.count(0)).isZero();
    assertThat(Page.count(1)).isEqualTo(1);
    assertThat(Page.count(4096)).isEqualTo(1);
    assertThat(Page.count(4097)).isEqualTo(2);
  }

  @Test
  void everySingleByteMattersToEveryKernel() {
    byte[] bytes = new byte[3 * Page.SIZE];
    MemorySegment segment = MemorySegment.ofArray(bytes);
    MemorySegment zero = MemorySegment.ofArray(new byte[Page.SIZE]);
    assertThat(Page.isZero(segment, Page.SIZE)).isTrue();
    Set<Long> hashes = new HashSet<>(Set.of(Page.hash(zero, 0)));
    for (int at = 0; at < Page.SIZE; at++) {
      bytes[Page.SIZE + at] = 1;
      assertThat(Page.isZero(segment, Page.SIZE)).isFalse();
      assertThat(Page.equal(segment, Page.SIZE, zero, 0)).isFalse();
      assertThat(hashes.add(Page.hash(segment, Page.SIZE))).isTrue();
      bytes[Page.SIZE + at] = 0;
    }
  }

  @Test
  void bytesAroundThePageDoNotMatter() {
    byte[] bytes = new byte[3 * Page.SIZE];
    bytes[Page.SIZE - 1] = 1;
    bytes[2 * Page.SIZE] = 1;
    MemorySegment segment = MemorySegment.ofArray(bytes);
    MemorySegment zero = MemorySegment.ofArray(new byte[Page.SIZE]);
    assertThat(Page.isZero(segment, Page.SIZE)).isTrue();
    assertThat(Page.equal(segment, Page.SIZE, zero, 0)).isTrue();
    assertThat(Page.hash(segment, Page.SIZE)).isEqualTo(Page.hash(zero, 0));
  }

  @Test
  void hashTellsPagesApartThatDifferInTheOrderOfTheirWords() {
    byte[] page = Images.page(Images.random(1));
    Set<Long> hashes = new HashSet<>();
    for (int turn = 0; turn < Page.SIZE / 8; turn++) {
      byte[] turned = new byte[Page.SIZE];
      System.arraycopy(page, turn * 8, turned, 0, Page.SIZE - turn * 8);
      System.arraycopy(page, 0, turned, Page.SIZE - turn * 8, turn * 8);
      hashes.add(Page.hash(MemorySegment.ofArray(turned), 0));
    }
    assertThat(hashes).hasSize(Page.SIZE / 8);
  }
}
