package io.cloudlet.sidecar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Qcow2HostileTest {
  private static final int L1_TABLE = 3 * Qcow2Plan.CLUSTER;
  private static final int L2_TABLE = 4 * Qcow2Plan.CLUSTER;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeASoundFile() throws IOException {
    file = folder.resolve("a.qcow2");
    PageRuns data = PageRuns.of(3, 70).union(PageRuns.of(262_144, 3));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Qcow2Writer writer =
          Qcow2Writer.begin(channel, 3L << 30, "/base.raw", data, PageRuns.of(100, 9));
      MemorySegment content = MemorySegment.ofArray(new byte[70 << Page.SHIFT]).fill((byte) 7);
      writer.write(3, 70, content, 0);
      writer.write(262_144, 3, content, 0);
      writer.finish();
    }
  }

  @Test
  void theSoundFileIsRead() throws IOException {
    try (Qcow2Layer layer = Qcow2Layer.open(file)) {
      assertThat(layer.pages().pages()).isEqualTo(82);
      assertThat(layer.backingFile()).contains("/base.raw");
    }
  }

  /** Either it is refused by a typed error, or every page lies in the file. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void damagedFilesAreRefusedOrHarmless(long seed) throws IOException {
    RandomGenerator random = Images.random(seed);
    for (int i = 0; i < 60; i++) {
      Path damaged = folder.resolve("damaged.qcow2");
      Files.deleteIfExists(damaged);
      ImageCopy.copy(file, damaged);
      damage(damaged, random);
      try (Qcow2Layer layer = Qcow2Layer.open(damaged)) {
        PageRuns pages = layer.pages();
        pages.forEachRun((start, count) -> {
          for (long page = start; page < start + count; page++) {
            long at = layer.offsetOf(page);
            assertThat(at).isBetween(-1L, layer.segment().byteSize() - Page.SIZE);
          }
        });
      } catch (CloudletException e) {
        assertThat(e).hasMessageContaining("damaged.qcow2");
      }
    }
  }

  private static void damage(Path path, RandomGenerator random) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      if (random.nextInt(8) == 0) {
        channel.truncate(random.nextLong(channel.size()));
      }
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        int at =
            switch (random.nextInt(3)) {
              case 0 -> random.nextInt(112);
              case 1 -> L1_TABLE + random.nextInt(24);
              default -> L2_TABLE + random.nextInt(64);
            };
        byte[] bytes = new byte[1 + random.nextInt(4)];
        random.nextBytes(bytes);
        channel.write(ByteBuffer.wrap(bytes), at);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 51464941, no qcow2 file begins like this",
    "4, 00000004, format version 4",
    "20, 0000001f, clusters of 2^31 bytes",
    "24, 7fffffffffffffff, beyond the format",
    "24, ffffffffffffffff, beyond the format",
    "32, 00000002, is encrypted",
    "36, 00000001, 'has 1 entries, the disk needs 3'",
    "40, 0000000100000000, is not in the file",
    "40, 0000000000000007, is not in the file",
    "8, 7fffffffffffffff, name of the backing file",
    "16, ffffffff, name of the backing file",
    "72, 0000000000000011, qemu-img check -r all",
    "72, 0000000000000012, qemu-img check -r all",
    "72, 0000000000000014, qemu-img convert",
    "72, 0000000000000110, unknown incompatible features 0x100",
    "100, 00000048, shorter than version 3 demands",
    "393216, 80000000000a0000, used twice",
    "393216, 8000000000fe0000, L2 table at 16646144 is not in the file",
    "393216, 8000000000090200, is not in the file",
    "524288, 40000000000e0000, compressed clusters",
    "524288, 8000000010000000, cluster at 268435456 is not in the file",
    "524288, 8000000000000000, cluster at 0 is not in the file",
    "524296, 00000010fffffff8, both data and zero"
  })
  void namesWhatIsWrong(long offset, String hex, String message) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), offset);
    }
    assertThatThrownBy(() -> Qcow2Layer.open(file))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("a.qcow2")
        .hasMessageContaining(message);
  }
}
