package io.cloudlet.sidecar.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes files, and lets QEMU check and read them. */
class Qcow2WriterIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "1, 5000, 1",
    "2, 5000, 40",
    "3, 300000, 500",
    "4, 31, 2",
    "5, 1, 1",
    "6, 600001, 90"
  })
  void qemuReadsWhatWasWritten(long seed, long pages, int longestRun) throws IOException {
    RandomGenerator random = Images.random(seed);
    Path backing = Images.sparse(folder.resolve("base.raw"), pages, 64, seed);
    Path expected = folder.resolve("expected.raw");
    ImageCopy.copy(backing, expected);
    PageRunsBuilder data = new PageRunsBuilder();
    PageRunsBuilder zero = new PageRunsBuilder();
    try (SparseFile file = SparseFile.open(expected)) {
      for (long page = random.nextInt(3); page < pages; ) {
        long count = Math.min(pages - page, 1 + random.nextInt(longestRun));
        switch (random.nextInt(longestRun > 50 ? 20 : 3)) {
          case 0 -> {
            data.add(page, count);
            byte[] content = new byte[(int) count << Page.SHIFT];
            random.nextBytes(content);
            file.write(page << Page.SHIFT, MemorySegment.ofArray(content));
          }
          case 1 -> {
            zero.add(page, count);
            file.punchHole(page << Page.SHIFT, count << Page.SHIFT);
          }
          default -> {}
        }
        page += count;
      }
    }
    Path written = write(expected, backing, data.build(), zero.build());

    assertThat(QemuImg.run("check", "-f", "qcow2", written)).contains("No errors were found");
    assertThat(QemuImg.run("compare", "-f", "qcow2", "-F", "raw", written, expected))
        .contains("Images are identical");
    try (Qcow2Layer layer = Qcow2Layer.open(written)) {
      assertThat(layer.pages()).isEqualTo(data.build().union(zero.build()));
      zero.build().forEachRun((page, count) -> assertThat(layer.offsetOf(page)).isEqualTo(-1));
    }
  }

  private Path write(Path expected, Path backing, PageRuns data, PageRuns zero) throws IOException {
    Path target = folder.resolve("written.qcow2");
    try (MappedImage source = MappedImage.open(expected);
        FileChannel channel = create(target)) {
      Qcow2Writer writer =
          Qcow2Writer.begin(channel, source.length(), backing.toString(), data, zero);
      IntStream.range(0, data.runs())
          .parallel()
          .forEach(run -> {
            try {
              long page = data.start(run);
              writer.write(page, data.count(run), source.segment(), page << Page.SHIFT);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      writer.finish();
    }
    return target;
  }

  @Test
  void anEmptyOverlayTakesWritesAndKeepsItsBackingFile() throws IOException {
    Path backing = Images.sparse(folder.resolve("base.raw"), 2048, 4, 9);
    Digest before = Digest.sha256(Files.readAllBytes(backing));
    Path disk = folder.resolve("disk.qcow2");
    try (FileChannel channel = create(disk)) {
      Qcow2Writer.writeEmpty(channel, 2048L << Page.SHIFT, backing.toString());
    }
    assertThat(QemuImg.run("info", disk))
        .contains("backing file format: raw")
        .contains("extended l2: true");
    QemuImg.io(disk, List.of("write -P 3 1M 12k", "write -z 2M 4k", "discard 3M 1M"));
    assertThat(QemuImg.run("check", disk)).contains("No errors were found");
    try (Qcow2Layer layer = Qcow2Layer.open(disk)) {
      assertThat(layer.pages().rank(768)).isEqualTo(4);
      assertThat(layer.offsetOf(512)).isEqualTo(PageSource.ZERO);
    }
    assertThat(Digest.sha256(Files.readAllBytes(backing))).isEqualTo(before);
  }

  @Test
  void aHugeDiskHasItsPagesAtItsEnds() throws IOException {
    long length = 40L << 40;
    Path backing = folder.resolve("base.raw");
    // The largest file that ext4 takes is 16 TiB; behind its end a backing file reads as zeros.
    SparseFile.create(backing, 1L << 40).close();
    Path disk = folder.resolve("disk.qcow2");
    long last = Page.count(length) - 1;
    byte[] page = Images.page(Images.random(2));
    try (FileChannel channel = create(disk)) {
      PageRuns data = PageRuns.of(0, 1).union(PageRuns.of(last, 1));
      Qcow2Writer writer =
          Qcow2Writer.begin(channel, length, backing.toString(), data, PageRuns.of(7, 1));
      writer.write(last, 1, MemorySegment.ofArray(page), 0);
      writer.write(0, 1, MemorySegment.ofArray(page), 0);
      writer.finish();
    }
    assertThat(QemuImg.run("check", disk)).contains("No errors were found");
    try (Qcow2Layer layer = Qcow2Layer.open(disk)) {
      assertThat(layer.length()).isEqualTo(length);
      assertThat(layer.pages().runs()).isEqualTo(3);
      assertThat(Page.equal(layer.segment(), layer.offsetOf(last), MemorySegment.ofArray(page), 0))
          .isTrue();
    }
  }

  private static FileChannel create(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }
}
