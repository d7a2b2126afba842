package io.cloudlet.sidecar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedFileTest {
  @TempDir private Path folder;

  @Test
  void staysTheSameWhateverIsPutInItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "first");
    try (PinnedFile pinned = PinnedFile.of(file)) {
      Files.delete(file);
      Files.writeString(file, "second");
      assertThat(pinned.path()).hasContent("first");
      assertThat(pinned.isFile()).isTrue();
      assertThat(pinned.isEndpoint()).isFalse();
    }
  }

  @Test
  void isNeitherAFileNorFollowedWhenItIsALink() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "secret");
    try (PinnedFile pinned = PinnedFile.of(Files.createSymbolicLink(folder.resolve("a"), file))) {
      assertThat(pinned.isFile()).isFalse();
      assertThat(pinned.isOnlyHere()).isFalse();
      assertThatThrownBy(() -> Files.readString(pinned.path())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void knowsWhetherItHasOtherNames() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (PinnedFile pinned = PinnedFile.of(file)) {
      assertThat(pinned.isOnlyHere()).isTrue();
      Files.createLink(folder.resolve("other"), file);
      assertThat(pinned.isOnlyHere()).isFalse();
    }
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> PinnedFile.of(folder.resolve("none")).close())
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none");
  }
}
