package io.cloudlet.sidecar.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseFileTest {
  @TempDir private Path folder;

  @Test
  void isPrivateAndAllHoleAtFirst() throws IOException {
    Path path = folder.resolve("a.raw");
    try (SparseFile file = SparseFile.create(path, 5L << 30)) {
      assertThat(file.length()).isEqualTo(5L << 30);
      assertThat(file.path()).isEqualTo(path);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat((Long) Files.getAttribute(path, "unix:ino")).isPositive();
    try (MappedImage image = MappedImage.open(path)) {
      assertThat(image.dataExtents()).isEmpty();
    }
  }

  @Test
  void writesHeapAndNativeSegmentsWhereSaid() throws IOException {
    Path path = folder.resolve("a.raw");
    byte[] page = Images.page(Images.random(3));
    try (SparseFile file = SparseFile.create(path, 16384);
        Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(Page.SIZE);
      MemorySegment.copy(page, 0, copy, JAVA_BYTE, 0, Page.SIZE);
      file.write(4096, MemorySegment.ofArray(page));
      file.write(12288, copy);
      file.force();
    }
    byte[] all = Files.readAllBytes(path);
    assertThat(Arrays.copyOfRange(all, 4096, 8192)).isEqualTo(page);
    assertThat(Arrays.copyOfRange(all, 12288, 16384)).isEqualTo(page);
    assertThat(Arrays.copyOfRange(all, 0, 4096)).containsOnly(0);
  }

  @Test
  void keepsAFileThatIsThere() throws IOException {
    Path path = Files.writeString(folder.resolve("a.raw"), "precious");
    assertThatThrownBy(() -> SparseFile.create(path, 4096))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(path).hasContent("precious");
  }

  @Test
  void copiesKeepContentAndHoles() throws IOException {
    Path source = Images.sparse(folder.resolve("a.raw"), 4096, 50, 11);
    Path target = folder.resolve("b.raw");
    ImageCopy.copy(source, target);
    assertThat(Files.mismatch(source, target)).isEqualTo(-1);
    try (MappedImage from = MappedImage.open(source);
        MappedImage to = MappedImage.open(target)) {
      assertThat(to.dataExtents()).isEqualTo(from.dataExtents());
    }
    assertThatThrownBy(() -> ImageCopy.copy(source, target))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).exists();
  }
}
