package io.cloudlet.sidecar.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.overlay.SampleOverlay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayFilesTest {
  private static final String ID = "0b6f9a52-3f7e-4a0c-9b0e-5a4d0d3c2b1a";

  @TempDir private Path folder;

  @Test
  void findsOverlaysByTheirRoots() throws Exception {
    DataDirectory data = DataDirectory.open(folder, "test");
    OverlayFiles files = OverlayFiles.open(data);
    Digest root = new SampleOverlay(1).write(files.file(ID));
    assertThat(files.find(root)).isEmpty();
    assertThat(files.add(ID)).isEqualTo(root);
    assertThat(files.find(root).orElseThrow().file()).isEqualTo(files.file(ID));
    assertThat(files.find(root).orElseThrow().digest()).isEqualTo(root);
    assertThat(files.root(ID)).contains(root);
    assertThat(files.digests()).containsExactly(root.toString());

    Digest other = new SampleOverlay(2).write(files.file("second"));
    OverlayFiles again = OverlayFiles.open(data);
    assertThat(again.ids()).containsExactlyInAnyOrder(ID, "second");
    assertThat(again.path(other)).contains(files.file("second"));
    again.remove(ID);
    again.remove(ID);
    assertThat(again.find(root)).isEmpty();
    assertThat(files.find(root)).isEmpty();
    assertThat(OverlayFiles.open(data).ids()).containsExactly("second");
  }

  @Test
  void leavesAloneWhatIsNoOverlay() throws Exception {
    DataDirectory data = DataDirectory.open(folder, "test");
    OverlayFiles files = OverlayFiles.open(data);
    new SampleOverlay(1).write(files.file("cut"));
    byte[] bytes = Files.readAllBytes(files.file("cut"));
    for (int length : new int[] {0, 10, bytes.length / 2, bytes.length - 1}) {
      Files.write(files.file("cut"), Arrays.copyOf(bytes, length));
      assertThat(OverlayFiles.open(data).ids()).isEmpty();
      assertThatThrownBy(() -> files.add("cut")).isInstanceOf(CorruptException.class);
    }
    Files.writeString(data.overlays().resolve("_.overlay"), "x");
    Files.writeString(data.overlays().resolve("notes.txt"), "x");
    assertThat(OverlayFiles.open(data).ids()).isEmpty();
    for (String id : List.of("", "..", "../x", "a/b", "-a", "x".repeat(64))) {
      assertThatThrownBy(() -> files.file(id)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
