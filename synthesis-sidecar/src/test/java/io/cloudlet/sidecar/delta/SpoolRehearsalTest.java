package io.cloudlet.sidecar.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolRehearsalTest {
  @TempDir Path folder;

  @Test
  void runsThroughAndLeavesNothing() throws IOException {
    SpoolRehearsal.run(folder, List.of());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
