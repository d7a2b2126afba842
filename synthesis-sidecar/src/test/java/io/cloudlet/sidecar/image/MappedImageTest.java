package io.cloudlet.sidecar.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedImageTest {
  private static final long GIB = 1L << 30;

  @TempDir private Path folder;

  @Test
  void mapsManyGibibytesOfHole() throws IOException {
    Path path = folder.resolve("big.raw");
    byte[] page = Images.page(Images.random(7));
    try (SparseFile file = SparseFile.create(path, 64 * GIB)) {
      file.write(33 * GIB, MemorySegment.ofArray(page));
    }
    try (MappedImage image = MappedImage.open(path, 64 * GIB)) {
      assertThat(image.length()).isEqualTo(64 * GIB);
      assertThat(image.dataExtents()).containsExactly(new Extent(33 * GIB, Page.SIZE));
      long at = image.offsetOf((33 * GIB) >> Page.SHIFT);
      assertThat(Page.equal(image.segment(), at, MemorySegment.ofArray(page), 0)).isTrue();
      assertThat(Page.isZero(image.segment(), 64 * GIB - Page.SIZE)).isTrue();
    }
  }

  @Test
  void lastPageEndsInZeros() throws IOException {
    Path path = Files.write(folder.resolve("odd.raw"), new byte[] {1, 2, 3});
    try (MappedImage image = MappedImage.open(path)) {
      assertThat(image.length()).isEqualTo(3);
      assertThat(image.segment().byteSize()).isEqualTo(Page.SIZE);
      assertThat(image.segment().get(JAVA_BYTE, 2)).isEqualTo((byte) 3);
      assertThat(image.segment().get(JAVA_BYTE, 4095)).isZero();
      assertThat(image.dataExtents()).containsExactly(new Extent(0, 3));
    }
  }

  @Test
  void anEmptyFileHasNoPages() throws IOException {
    Path path = Files.createFile(folder.resolve("empty.raw"));
    try (MappedImage image = MappedImage.open(path)) {
      assertThat(image.length()).isZero();
      assertThat(image.dataExtents()).isEmpty();
    }
  }

  @Test
  void extentsFollowTheHoles() throws IOException {
    Path path = folder.resolve("sparse.raw");
    try (SparseFile file = SparseFile.create(path, 1 << 20)) {
      file.write(0, MemorySegment.ofArray(new byte[1 << 20]));
      file.punchHole(65536, 65536);
      file.punchHole((1 << 20) - 8192, 8192);
    }
    try (MappedImage image = MappedImage.open(path)) {
      assertThat(image.dataExtents())
          .isEqualTo(List.of(new Extent(0, 65536), new Extent(131072, (1 << 20) - 139264)));
    }
  }

  @Test
  void refusesAFileOfAnotherLength() throws IOException {
    Path path = Files.write(folder.resolve("short.raw"), new byte[4096]);
    assertThatThrownBy(() -> MappedImage.open(path, 8192))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("short.raw")
        .hasMessageContaining("has 4096 bytes, not 8192");
  }

  @Test
  void namesAMissingFile() {
    assertThatThrownBy(() -> MappedImage.open(folder.resolve("none.raw")))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("none.raw");
  }

  @Test
  void aClosedImageCannotBeRead() throws IOException {
    MappedImage image = MappedImage.open(Files.write(folder.resolve("a.raw"), new byte[4096]));
    image.close();
    image.close();
    assertThatThrownBy(() -> Page.isZero(image.segment(), 0))
        .isInstanceOf(IllegalStateException.class);
  }
}
