package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
  @TempDir Path folder;

  @Test
  void areKeptForADay() throws IOException {
    Path file = Files.createFile(folder.resolve(Downloads.PACKAGE + "1fb81d38f22f.download"));
    Path parts =
        Files.createFile(folder.resolve(Downloads.PACKAGE + "1fb81d38f22f.download.parts"));
    Path other = Files.createFile(folder.resolve("other"));
    Instant written = Files.getLastModifiedTime(file).toInstant();
    assertThat(Downloads.removeOld(folder, written.plus(Duration.ofHours(23)))).isEmpty();
    assertThat(Downloads.removeOld(folder, written.plus(Duration.ofHours(25))))
        .containsExactlyInAnyOrder(file, parts);
    assertThat(folder.toFile().listFiles()).containsExactly(other.toFile());
  }
}
