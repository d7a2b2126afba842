package io.cloudlet.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlaySourcesTest {
  @TempDir Path folder;

  @Test
  void opensPathsAndUrls() throws IOException {
    OverlaySources sources =
        new OverlaySources(folder, HttpPolicy.DEFAULT, HttpAccess.ANONYMOUS, FetchListener.NONE);
    Path file = Files.write(folder.resolve("http"), new byte[3]);
    try (OverlaySource source = sources.open(file.toString())) {
      assertThat(source.length()).isEqualTo(3);
    }
    assertThatThrownBy(() -> sources.open("ftp://host/x")).hasMessageContaining("no http or https");
    assertThatThrownBy(() -> sources.open("http://me:secret@host/ x"))
        .hasMessageContaining("wrong character")
        .hasMessageNotContaining("secret");
  }
}
