package io.cloudlet.sidecar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDigestTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 1 << 20, (1 << 20) + 1, (5 << 20) - 100})
  void followsTheSpecification(int length) throws IOException {
    byte[] content = new byte[length];
    Images.random(length).nextBytes(content);
    if (length > 3 << 20) {
      Arrays.fill(content, 1 << 20, 3 << 20, (byte) 0);
    }
    Path path = Files.write(folder.resolve("a.raw"), content);
    try (MappedImage image = MappedImage.open(path)) {
      AtomicLong progress = new AtomicLong();
      assertThat(ImageDigest.of(image, progress::addAndGet).image())
          .isEqualTo(asSpecified(content));
      assertThat(progress.get()).isEqualTo(length);
    }
  }

  @Test
  void progressCountsHolesAndAShortEnd() throws IOException {
    Path path = folder.resolve("a.raw");
    try (SparseFile file = SparseFile.create(path, (5 << 19) + 7)) {
      file.write(5 << 19, MemorySegment.ofArray(new byte[] {1}));
    }
    AtomicLong progress = new AtomicLong();
    try (MappedImage image = MappedImage.open(path)) {
      ImageDigest.of(image, progress::addAndGet);
    }
    assertThat(progress.get()).isEqualTo((5 << 19) + 7);
  }

  @Test
  void holesAndZerosAreTheSame() throws IOException {
    Path holes = folder.resolve("holes.raw");
    SparseFile.create(holes, 3 << 20).close();
    Path zeros = Files.write(folder.resolve("zeros.raw"), new byte[3 << 20]);
    try (MappedImage a = MappedImage.open(holes);
        MappedImage b = MappedImage.open(zeros)) {
      ChunkDigests digests = ImageDigest.of(a);
      assertThat(digests.image()).isEqualTo(ImageDigest.of(b).image());
      assertThat(digests.chunk(2)).isEqualTo(ChunkDigests.ZERO_CHUNK);
      assertThat(digests.nonZero()).isEmpty();
    }
    assertThat(ChunkDigests.ZERO_CHUNK.hex())
        .isEqualTo("30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58");
  }

  @Test
  void namesTheChunkThatDiffers() throws IOException {
    Path path = Images.sparse(folder.resolve("a.raw"), 1024, 3, 5);
    try (MappedImage image = MappedImage.open(path)) {
      ChunkDigests before = ImageDigest.of(image);
      try (SparseFile file = SparseFile.open(path)) {
        file.write((2 << 20) + 17, MemorySegment.ofArray(new byte[] {1, 2, 3}));
      }
      ChunkDigests after = ImageDigest.of(image);
      assertThat(after.firstDifference(before)).hasValue(2);
      assertThat(after.firstDifference(after)).isEmpty();
      assertThat(after.image()).isNotEqualTo(before.image());
    }
  }

  @Test
  void refusesChunksOutsideOfTheImage() {
    SortedMap<Long, Digest> chunks = new TreeMap<>(Map.of(1L, Digest.sha256(new byte[] {1})));
    assertThat(new ChunkDigests((1 << 20) + 1, chunks).nonZero()).hasSize(1);
    assertThatThrownBy(() -> new ChunkDigests(1 << 20, chunks))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Digest asSpecified(byte[] content) {
    MessageDigest image = Digest.newSha256();
    image.update(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, content.length).array());
    for (int at = 0; at < content.length; at += 1 << 20) {
      image.update(Digest.sha256(Arrays.copyOfRange(content, at, at + (1 << 20))).bytes());
    }
    return Digest.of(image.digest());
  }
}
