package io.cloudlet.sidecar.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Partials;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EncoderProcessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Stage.class)
  void killedAtAnyStageItLeavesOnlyWhatIsCleaned(Stage stage) throws Exception {
    Process process = EncoderProcess.startAndLinger(folder, stage);
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.lines().anyMatch(stage.toString()::equals)).isTrue();
      process.destroyForcibly().waitFor();
    }
    assertThat(folder.resolve("overlay")).doesNotExist();
    Partials.clean(folder);
    assertThat(files()).isEmpty();
  }

  /** A limit of a file's length fails as a full disk does, and needs no disk to fill. */
  @Test
  void whatCannotBeWrittenIsNamedAndNothingIsLeft() throws Exception {
    Process process = EncoderProcess.start(folder, 1 << 20);
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      assertThat(lines).last().asString().startsWith("ERROR " + folder.resolve("overlay"));
      assertThat(lines).last().asString().contains("cannot be written", "make room");
    }
    assertThat(process.waitFor()).isZero();
    assertThat(files()).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
