package io.cloudlet.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOverlaySourceTest {
  @TempDir Path folder;

  @Test
  void readsByPosition() throws IOException {
    Path file = Files.write(folder.resolve("a.overlay"), new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    try (FileOverlaySource source = FileOverlaySource.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(3);
      source.read(4, bytes);
      assertThat(bytes.array()).containsExactly(4, 5, 6);
      assertThat(source.length()).isEqualTo(8);
    }
  }

  @Test
  void namesFileAndOffsetOfRangesPastTheEnd() throws IOException {
    Path file = Files.write(folder.resolve("a.overlay"), new byte[8]);
    try (FileOverlaySource source = FileOverlaySource.open(file)) {
      assertThatThrownBy(() -> source.read(6, ByteBuffer.allocate(3)))
          .isInstanceOf(CorruptException.class)
          .hasMessageContaining(file + " is corrupt at byte 6");
    }
  }

  @Test
  void noticesFileThatBecameShorter() throws IOException {
    Path file = Files.write(folder.resolve("a.overlay"), new byte[8]);
    try (FileOverlaySource source = FileOverlaySource.open(file)) {
      Files.write(file, new byte[4]);
      assertThatThrownBy(() -> source.read(2, ByteBuffer.allocate(6)))
          .hasMessageContaining("at byte 4")
          .hasMessageContaining("became shorter");
    }
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatThrownBy(() -> FileOverlaySource.open(folder))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("is not a file");
    assertThatThrownBy(() -> FileOverlaySource.open(folder.resolve("absent")))
        .hasMessageContaining("there is no file");
  }
}
