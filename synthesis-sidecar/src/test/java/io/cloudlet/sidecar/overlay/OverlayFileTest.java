package io.cloudlet.sidecar.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsWhatWasWritten(long seed) throws IOException {
    SampleOverlay sample = new SampleOverlay(seed);
    Path file = folder.resolve("sample");
    Digest root = sample.write(file);
    try (OverlayReader reader = OverlayReader.open(file)) {
      assertThat(reader.root()).isEqualTo(root);
      assertThat(reader.index()).isEqualTo(sample.index());
      assertThat(reader.manifest()).isEqualTo(sample.manifest(reader.manifest().blobs()));
      assertThat(reader.directory().slots()).isEqualTo(sample.slots());
      for (Segment segment : reader.directory().segments()) {
        ByteBuffer stored = ByteBuffer.allocate(segment.stored());
        reader.read(segment, stored);
        assertThat(stored.array()).isEqualTo(sample.segment(segment.number()));
        assertThat(reader.directory().ofSlot(segment.firstSlot())).isSameAs(segment);
        assertThat(reader.directory().ofSlot(segment.endSlot() - 1)).isSameAs(segment);
      }
      Blob devices = reader.manifest().blob(BlobName.DEVICE_STATE).orElseThrow();
      assertThat(reader.read(devices)).isEqualTo(sample.deviceState());
    }
  }

  @Test
  void sameInputGivesTheSameBytes() throws IOException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    assertThat(new SampleOverlay(5).write(one)).isEqualTo(new SampleOverlay(5).write(other));
    assertThat(one).hasSameBinaryContentAs(other);
  }

  @Test
  void anOverlayWithoutChangesIsPossible() throws IOException {
    Path file = folder.resolve("empty");
    SampleOverlay sample = new SampleOverlay(1);
    ImageRuns none = new ImageRunsBuilder().build();
    try (OverlayWriter writer = OverlayWriter.create(file)) {
      writer.finish(sample.manifest(List.of()), new OverlayIndex(List.of(none, none)));
      writer.commit();
    }
    try (OverlayReader reader = OverlayReader.open(file)) {
      assertThat(reader.directory().slots()).isZero();
      assertThat(reader.index().runs()).isZero();
    }
  }

  @Test
  void nothingRemainsWithoutCommit() throws IOException {
    try (OverlayWriter writer = OverlayWriter.create(folder.resolve("sample"))) {
      new SampleOverlay(3).writeTo(writer);
      try (OverlayReader reader = writer.reopen()) {
        assertThat(reader.directory().slots()).isEqualTo(new SampleOverlay(3).slots());
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void anotherOverlayIsRefused() throws IOException {
    Path file = folder.resolve("sample");
    new SampleOverlay(3).write(file);
    Digest expected = Digest.sha256(new byte[0]);
    try (OverlayReader reader = OverlayReader.open(file)) {
      assertThatThrownBy(() -> reader.require(expected))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining(expected.toString());
    }
  }
}
