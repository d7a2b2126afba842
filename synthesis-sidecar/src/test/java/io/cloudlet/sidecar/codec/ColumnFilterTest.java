package io.cloudlet.sidecar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Page;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnFilterTest {
  @Test
  void firstBytesComeFirst() {
    byte[] content = new byte[24];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }
    byte[] moved = new byte[24];
    ColumnFilter.apply(content, 24, moved);
    assertThat(moved)
        .containsExactly(
            0, 8, 16, 1, 9, 17, 2, 10, 18, 3, 11, 19, 4, 12, 20, 5, 13, 21, 6, 14, 22, 7, 15, 23);
  }

  @Test
  void everythingComesBack() {
    Random random = new Random(2);
    byte[] moved = new byte[4 * Page.SIZE];
    for (int pages = 1; pages <= 4; pages++) {
      byte[] content = new byte[4 * Page.SIZE];
      random.nextBytes(content);
      byte[] back = content.clone();
      ColumnFilter.apply(content, pages * Page.SIZE, moved);
      ColumnFilter.undo(moved, pages * Page.SIZE, back);
      assertThat(back).isEqualTo(content);
    }
  }
}
