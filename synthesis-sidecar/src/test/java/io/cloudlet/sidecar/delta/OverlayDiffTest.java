package io.cloudlet.sidecar.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.overlay.BaseImageRef;
import io.cloudlet.sidecar.overlay.BlobName;
import io.cloudlet.sidecar.overlay.OverlayImage;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayDiffTest {
  @TempDir Path folder;

  @Test
  void flatFilesComeBack() throws IOException {
    try (Scenario scenario = new Scenario(folder.resolve("images"), 7, 600)) {
      StateFiles base = new StateFiles(scenario.baseDisk.path(), scenario.baseMemory.path());
      diff(base, new StateFiles(scenario.disk.path(), scenario.memory.path()));
      Map<ImageId, byte[]> applied = apply(base);
      assertThat(applied.get(ImageId.FIRST_DISK)).isEqualTo(bytes(scenario.disk));
      assertThat(applied.get(ImageId.MAIN_MEMORY)).isEqualTo(bytes(scenario.memory));
      assertOnlyTheOverlayIsLeft();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,false", "2,false", "3,true", "4,true"})
  void aStreamComesBackByteForByte(long seed, boolean live) throws IOException {
    try (Scenario scenario = new Scenario(folder.resolve("images"), seed, 900)) {
      Path before = folder.resolve("images/before");
      Path after = folder.resolve("images/after");
      Files.write(before, new StreamText(seed).of(scenario.baseMemory, live));
      Files.write(after, new StreamText(seed + 100).of(scenario.memory, live));
      StateFiles base = new StateFiles(null, before);
      diff(base, new StateFiles(null, after));
      Map<ImageId, byte[]> applied = apply(base);
      assertThat(applied.get(ImageId.MAIN_MEMORY)).isEqualTo(bytes(scenario.memory));
      assertThat(replay(applied)).hasSameBinaryContentAs(after);
      assertOnlyTheOverlayIsLeft();
    }
  }

  @Test
  void theLayoutOfAStreamIsSmall() throws IOException {
    try (Scenario scenario = new Scenario(folder.resolve("images"), 8, 4000)) {
      Path after = folder.resolve("images/after");
      Files.write(after, new StreamText(5).of(scenario.memory, false));
      diff(new StateFiles(null, scenario.baseMemory.path()), new StateFiles(null, after));
      try (OverlayReader reader = OverlayReader.open(overlay())) {
        long layout = reader.manifest().blob(BlobName.STREAM_LAYOUT).orElseThrow().stored();
        assertThat(layout).isLessThan(Files.size(after) / 1000);
      }
    }
  }

  @Test
  void filesOfTheWrongKindAreNamed() throws IOException {
    Path stream = Files.writeString(folder.resolve("stream"), "QEVM and so on");
    Path missing = folder.resolve("missing");
    StateFiles none = new StateFiles(null, null);
    for (Path file : List.of(stream, missing)) {
      StateFiles disk = new StateFiles(file, null);
      assertThatThrownBy(() -> diff(disk, none))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining(file.toString());
      assertThatThrownBy(() -> diff(none, disk))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining(file.toString());
    }
    assertThat(overlay()).doesNotExist();
  }

  private Path overlay() {
    return folder.resolve("overlay");
  }

  private OverlaySummary diff(StateFiles base, StateFiles changed) throws IOException {
    return new OverlayDiff(Scenario.OPTIONS, Progress.NONE)
        .create(base, changed, folder, overlay());
  }

  private Map<ImageId, byte[]> apply(StateFiles base) throws IOException {
    Map<ImageId, byte[]> images = new HashMap<>();
    try (OverlayReader reader = OverlayReader.open(overlay());
        FlatBase below = FlatBase.open(base, folder)) {
      List<MappedImage> sources = new ArrayList<>();
      for (BaseImageRef ref : reader.manifest().baseImages()) {
        sources.add(below.image(ref.id()).orElseThrow());
      }
      FlatApply applied = new FlatApply(reader, sources);
      for (OverlayImage image : reader.manifest().images()) {
        images.put(image.id(), applied.image(image.id()));
      }
    }
    return images;
  }

  private Path replay(Map<ImageId, byte[]> applied) throws IOException {
    Path target = folder.resolve("images/replayed");
    Map<ImageId, MappedImage> memory = new HashMap<>();
    for (Map.Entry<ImageId, byte[]> image : applied.entrySet()) {
      if (image.getKey().kind() == ImageKind.MEMORY) {
        Path file = Files.createTempFile(folder.resolve("images"), "flat", "");
        memory.put(image.getKey(), MappedImage.open(Files.write(file, image.getValue())));
      }
    }
    try (OverlayReader reader = OverlayReader.open(overlay())) {
      assertThat(StreamReplay.isPossible(reader)).isTrue();
      StreamReplay.write(reader, memory, target);
    } finally {
      memory.values().forEach(MappedImage::close);
    }
    return target;
  }

  private static byte[] bytes(MappedImage image) throws IOException {
    return Files.readAllBytes(image.path());
  }

  private void assertOnlyTheOverlayIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(overlay(), folder.resolve("images"));
    }
  }
}
