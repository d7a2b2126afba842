package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.TooNewException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  void makesAPrivateDirectory() throws Exception {
    DataDirectory data = DataDirectory.open(folder.resolve("a/b"), "test");
    assertThat(data.vms()).isDirectory();
    for (Path made : new Path[] {data.root(), data.bases(), data.overlays(), data.packages()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
    assertThat(DataDirectory.open(data.root(), "test").root()).isEqualTo(data.root());
  }

  @Test
  void refusesTheLayoutOfANewerVersion() throws Exception {
    DataDirectory data = DataDirectory.open(folder, "test");
    Files.writeString(data.root().resolve("layout"), "2\n");
    assertThatThrownBy(() -> DataDirectory.open(folder, "test"))
        .isInstanceOf(TooNewException.class)
        .hasMessageContaining("format version 2");
    Files.writeString(data.root().resolve("layout"), "two\n");
    assertThatThrownBy(() -> DataDirectory.open(folder, "test"))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("layout is corrupt");
  }

  @Test
  void removesWhatDeadProcessesLeft() throws Exception {
    DataDirectory data = DataDirectory.open(folder, "test");
    Path left = data.temporary().resolve(".partial-999999999-1-1-base");
    Files.createDirectories(left.resolve("memory"));
    Files.writeString(left.resolve("memory/0"), "half");
    Path kept = Files.createDirectory(data.temporary().resolve("something-else"));
    assertThat(Leftovers.clear(data)).singleElement().asString().contains(left.toString());
    assertThat(left).doesNotExist();
    assertThat(kept).exists();
  }

  @Test
  void findsItsPlace() {
    assertThat(DataDirectory.defaultRoot(Map.of("CLOUDLET_DATA", "/srv/c", "HOME", "/home/u")))
        .isEqualTo(Path.of("/srv/c"));
    assertThat(DataDirectory.defaultRoot(Map.of("XDG_DATA_HOME", "/x", "HOME", "/home/u")))
        .isEqualTo(Path.of("/x/cloudlet"));
    assertThat(DataDirectory.defaultRoot(Map.of("HOME", "/home/u")))
        .isEqualTo(Path.of("/home/u/.local/share/cloudlet"));
  }
}
