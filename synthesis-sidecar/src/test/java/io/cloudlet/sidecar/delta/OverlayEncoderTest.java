package io.cloudlet.sidecar.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.BlobName;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.PageCounts;
import io.cloudlet.sidecar.overlay.RunKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayEncoderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theStateComesBackBitForBit(long seed) throws IOException {
    roundTrip(seed, 50 + (int) seed * 37, Scenario.OPTIONS);
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void everyEffortIsExact(Effort effort) throws IOException {
    roundTrip(9, 3000, new EncodeOptions(effort, 3, Instant.EPOCH));
  }

  private void roundTrip(long seed, int pages, EncodeOptions options) throws IOException {
    Path target = folder.resolve("overlay");
    try (Scenario scenario = new Scenario(folder.resolve("images"), seed, pages)) {
      OverlaySummary summary =
          new OverlayEncoder(options, Progress.NONE).encode(scenario.content(), target);
      try (OverlayReader reader = OverlayReader.open(target)) {
        assertThat(reader.root()).isEqualTo(summary.root());
        assertThat(reader.manifest()).isEqualTo(summary.manifest());
        FlatApply applied = new FlatApply(reader, List.of(scenario.baseDisk, scenario.baseMemory));
        assertThat(applied.image(ImageId.FIRST_DISK))
            .isEqualTo(Files.readAllBytes(scenario.disk.path()));
        assertThat(applied.image(ImageId.MAIN_MEMORY))
            .isEqualTo(Files.readAllBytes(scenario.memory.path()));
        assertThat(reader.read(reader.manifest().blob(BlobName.DEVICE_STATE).orElseThrow()))
            .isEqualTo("devices".getBytes(StandardCharsets.UTF_8));
        assertStatistics(reader);
      }
    }
  }

  private static void assertStatistics(OverlayReader reader) {
    PageCounts counts = reader.manifest().pages();
    assertThat(counts.fresh()).isEqualTo(reader.directory().slots());
    assertThat(counts.zero()).isEqualTo(reader.index().pages(RunKind.ZERO)).isPositive();
    assertThat(counts.base()).isEqualTo(reader.index().pages(RunKind.BASE)).isPositive();
    assertThat(counts.repeated() + counts.fresh()).isEqualTo(reader.index().pages(RunKind.SLOT));
  }

  @Test
  void theSameStateGivesTheSameBytes() throws IOException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    Digest root;
    try (Scenario scenario = new Scenario(folder.resolve("a"), 5, 900)) {
      root =
          new OverlayEncoder(Scenario.OPTIONS, Progress.NONE)
              .encode(scenario.content(), one)
              .root();
    }
    EncodeOptions moreThreads = new EncodeOptions(Effort.FAST, 5, Scenario.OPTIONS.created());
    try (Scenario scenario = new Scenario(folder.resolve("b"), 5, 900)) {
      new OverlayEncoder(moreThreads, Progress.NONE).encode(scenario.content(), other);
    }
    assertThat(one).hasSameBinaryContentAs(other);
    assertThat(root).isNotNull();
  }

  @Test
  void everyStageReportsUpToItsEnd() throws IOException {
    Map<Stage, Long> seen = new EnumMap<>(Stage.class);
    Map<Stage, Long> totals = new EnumMap<>(Stage.class);
    Progress progress =
        (stage, done, total) -> {
          assertThat(done).isBetween(seen.getOrDefault(stage, 0L), total);
          seen.put(stage, done);
          totals.put(stage, total);
        };
    try (Scenario scenario = new Scenario(folder.resolve("images"), 5, 2000)) {
      new OverlayEncoder(Scenario.OPTIONS, progress)
          .encode(scenario.content(), folder.resolve("overlay"));
    }
    assertThat(seen).containsOnlyKeys(Stage.values()).isEqualTo(totals);
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void anInterruptCancelsInEveryStage(Stage at) throws IOException {
    Path target = folder.resolve("overlay");
    Progress interrupting =
        (stage, done, total) -> {
          if (stage == at) {
            Thread.currentThread().interrupt();
          }
        };
    try (Scenario scenario = new Scenario(folder.resolve("images"), 5, 3000)) {
      OverlayContent content = scenario.content();
      assertThatThrownBy(
              () -> new OverlayEncoder(Scenario.OPTIONS, interrupting).encode(content, target))
          .isInstanceOf(CancelledException.class);
    }
    assertThat(Thread.interrupted()).isTrue();
    assertNothingLeft();
  }

  @Test
  void anErrorOfTheListenerEndsEverything() throws IOException {
    Progress failing =
        (stage, done, total) -> {
          if (stage == Stage.COMPRESS) {
            throw new IllegalStateException("listener");
          }
        };
    try (Scenario scenario = new Scenario(folder.resolve("images"), 5, 3000)) {
      OverlayContent content = scenario.content();
      OverlayEncoder encoder = new OverlayEncoder(Scenario.OPTIONS, failing);
      assertThatThrownBy(() -> encoder.encode(content, folder.resolve("overlay")))
          .hasMessage("listener");
    }
    assertNothingLeft();
  }

  @Test
  void whatDoesNotReadBackGetsNoName() throws IOException {
    Random random = new Random(1);
    try (Scenario scenario = new Scenario(folder.resolve("images"), 5, 500)) {
      Progress vandal =
          (stage, done, total) -> {
            if (stage == Stage.COMPRESS && done == total) {
              flip(random);
            }
          };
      OverlayContent content = scenario.content();
      OverlayEncoder encoder = new OverlayEncoder(Scenario.OPTIONS, vandal);
      assertThatThrownBy(() -> encoder.encode(content, folder.resolve("overlay")))
          .isInstanceOf(CorruptException.class)
          .hasMessageContaining("segment");
    }
    assertNothingLeft();
  }

  @Test
  void aMissingFolderIsNamed() throws IOException {
    try (Scenario scenario = new Scenario(folder.resolve("images"), 5, 50)) {
      OverlayContent content = scenario.content();
      OverlayEncoder encoder = new OverlayEncoder(Scenario.OPTIONS, Progress.NONE);
      assertThatThrownBy(() -> encoder.encode(content, folder.resolve("not/there")))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining("no folder " + folder.resolve("not"));
    }
  }

  /** Changes a byte of the segments of the file that is being written. */
  private void flip(Random random) {
    try (Stream<Path> files = Files.list(folder)) {
      Path partial = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      try (FileChannel channel =
          FileChannel.open(partial, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        long at = 100L + random.nextInt(Page.SIZE);
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, at);
        one.put(0, (byte) ~one.get(0)).rewind();
        channel.write(one, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }
}
