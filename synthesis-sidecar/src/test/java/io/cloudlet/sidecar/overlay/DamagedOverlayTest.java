package io.cloudlet.sidecar.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.TooNewException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file's bytes: a typed error, before a wrong byte is used. */
class DamagedOverlayTest {
  @TempDir Path folder;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void writeSample() throws IOException {
    file = folder.resolve("sample");
    new SampleOverlay(11).write(file);
    whole = Files.readAllBytes(file);
  }

  @Test
  void everyByteIsCovered() throws IOException {
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      Files.write(file, damaged);
      CloudletException error = firstError();
      assertThat(error).as("byte %d", at).isNotNull();
      assertThat(error).as("byte %d", at).hasMessageContaining(file.toString());
    }
  }

  @Test
  void cutFilesAreRefused() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      int length = round < 300 ? round : random.nextInt(whole.length);
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(firstError()).as("%d bytes", length).isInstanceOf(CorruptException.class);
    }
  }

  @Test
  void filesWithMissingOrStrangePartsAreRefused() throws IOException {
    Random random = new Random(4);
    for (int round = 0; round < 500; round++) {
      int from = random.nextInt(whole.length);
      int length = 1 + random.nextInt(Math.min(300, whole.length - from));
      Files.write(file, round % 2 == 0 ? without(from, length) : scrambled(random, from, length));
      assertThat(firstError()).as("%d+%d", from, length).isInstanceOf(CloudletException.class);
    }
  }

  @Test
  void appendedBytesAreRefused() throws IOException {
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThat(firstError()).isInstanceOf(CorruptException.class);
  }

  @Test
  void theErrorNamesTheSegmentsOffset() throws IOException {
    whole[Header.LENGTH + 2] ^= 1;
    Files.write(file, whole);
    CorruptException error =
        catchThrowableOfType(CorruptException.class, DamagedOverlayTest.this::readAll);
    assertThat(error.offset()).isEqualTo(Header.LENGTH);
    assertThat(error.source()).isEqualTo(file.toString());
  }

  @Test
  void anUnknownVersionIsRefusedByName() throws IOException {
    whole[Header.MAGIC_LENGTH] = 7;
    Files.write(file, whole);
    assertThatThrownBy(this::readAll)
        .isInstanceOf(TooNewException.class)
        .hasMessageContaining("version 7");
  }

  private byte[] without(int from, int length) {
    byte[] rest = new byte[whole.length - length];
    System.arraycopy(whole, 0, rest, 0, from);
    System.arraycopy(whole, from + length, rest, from, rest.length - from);
    return rest;
  }

  private byte[] scrambled(Random random, int from, int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    byte[] damaged = whole.clone();
    System.arraycopy(noise, 0, damaged, from, length);
    damaged[from] = (byte) ~whole[from];
    return damaged;
  }

  private @Nullable CloudletException firstError() throws IOException {
    try {
      readAll();
      return null;
    } catch (CloudletException e) {
      return e;
    }
  }

  private void readAll() throws IOException {
    try (OverlayReader reader = OverlayReader.open(file)) {
      for (Segment segment : reader.directory().segments()) {
        reader.read(segment, ByteBuffer.allocate(segment.stored()));
      }
      for (Blob blob : reader.manifest().blobs()) {
        reader.read(blob);
      }
    }
  }
}
