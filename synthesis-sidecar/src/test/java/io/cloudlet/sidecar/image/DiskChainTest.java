package io.cloudlet.sidecar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskChainTest {
  private static final long PAGES = 70_000;

  @TempDir private Path folder;
  private Path base;
  private Path vm;
  private Path disk;

  @BeforeEach
  void makeABase() throws IOException {
    base = Files.createDirectories(folder.resolve("bases/0123")).resolve("disk0.raw");
    SparseFile.create(base, PAGES << Page.SHIFT).close();
    vm = Files.createDirectory(folder.resolve("vm"));
    disk = vm.resolve("disk.qcow2");
  }

  @Test
  void oneLayerIsReadInPlace() throws IOException {
    write(disk, base.toString(), BackingFormat.RAW, PageRuns.of(3, 2), PageRuns.of(9, 1), 7);
    try (DiskChain chain = DiskChain.open(disk, base)) {
      assertThat(chain.length()).isEqualTo(PAGES << Page.SHIFT);
      assertThat(chain.below()).isEmpty();
      assertThat(chain.pages()).isEqualTo(PageRuns.of(3, 2).union(PageRuns.of(9, 1)));
      assertThat(first(chain, 4)).isEqualTo((byte) 7);
      assertThat(chain.offsetOf(9)).isEqualTo(PageSource.ZERO);
      assertThat(chain.offsetOf(10)).isEqualTo(PageSource.ABSENT);
    }
  }

  @Test
  void theUpperLayerDecides() throws IOException {
    Path shared = vm.resolve("shared.qcow2");
    PageRuns low = PageRuns.of(10, 10).union(PageRuns.of(PAGES - 1, 1));
    write(shared, base.toString(), BackingFormat.RAW, low, PageRuns.of(30, 4), 1);
    PageRuns high = PageRuns.of(15, 1).union(PageRuns.of(31, 1)).union(PageRuns.of(40, 1));
    write(disk, "shared.qcow2", BackingFormat.QCOW2, high, PageRuns.of(12, 2), 2);
    try (DiskChain chain = DiskChain.open(disk, base)) {
      assertThat(chain.below()).containsExactly(shared);
      assertThat(chain.pages()).isEqualTo(low.union(PageRuns.of(30, 4)).union(PageRuns.of(40, 1)));
      assertThat(first(chain, 10)).isEqualTo((byte) 1);
      assertThat(first(chain, PAGES - 1)).isEqualTo((byte) 1);
      assertThat(first(chain, 15)).isEqualTo((byte) 2);
      assertThat(first(chain, 31)).isEqualTo((byte) 2);
      assertThat(first(chain, 40)).isEqualTo((byte) 2);
      assertThat(chain.offsetOf(12)).isEqualTo(PageSource.ZERO);
      assertThat(chain.offsetOf(13)).isEqualTo(PageSource.ZERO);
      assertThat(chain.offsetOf(30)).isEqualTo(PageSource.ZERO);
      assertThat(chain.offsetOf(41)).isEqualTo(PageSource.ABSENT);
    }
  }

  @Test
  void aClosedChainCannotBeRead() throws IOException {
    write(vm.resolve("shared.qcow2"), base.toString(), BackingFormat.RAW, PageRuns.of(1, 1));
    write(disk, "shared.qcow2", BackingFormat.QCOW2, PageRuns.of(2, 1));
    DiskChain chain = DiskChain.open(disk, base);
    MemorySegment content = chain.segment();
    chain.close();
    assertThatThrownBy(() -> content.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBaseThatWasMovedIsKnownByTheNameOfItsFolder() throws IOException {
    write(disk, "/elsewhere/bases/0123/disk0.raw", BackingFormat.RAW, PageRuns.of(2, 1));
    try (DiskChain chain = DiskChain.open(disk, base)) {
      assertThat(chain.pages().pages()).isEqualTo(1);
    }
    assertThat(DiskChain.leadsTo(disk, base)).isFalse();
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("bases"));
    Path linked = link.resolve("0123/disk0.raw");
    write(disk, linked.toString(), BackingFormat.RAW, PageRuns.of(2, 1));
    assertThat(DiskChain.leadsTo(disk, base)).isTrue();
    DiskChain.open(disk, base).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../bases/0123/disk0.raw",
        "..",
        "./disk0.raw",
        "sub/layer.qcow2",
        "/etc/hostname",
        "/elsewhere/bases/4567/disk0.raw",
        "/elsewhere/disk0.raw",
        "nbd://127.0.0.1/export",
        "http://127.0.0.1/disk",
        "file:shared.qcow2",
        "json:{\"driver\":\"null-co\"}",
        "fat:rw:.",
        "-shared.qcow2",
        "shared\n.qcow2",
        "missing.qcow2",
        "folder"
      })
  void otherBackingFilesAreRefused(String name) throws IOException {
    Files.createDirectory(vm.resolve("folder"));
    write(disk, name, BackingFormat.RAW, PageRuns.of(2, 1));
    assertRefused(name);
  }

  @Test
  void aStrangersBaseIsRefused() throws IOException {
    Path other = Files.createDirectories(folder.resolve("bases/4567")).resolve("disk0.raw");
    SparseFile.create(other, PAGES << Page.SHIFT).close();
    write(disk, other.toString(), BackingFormat.RAW, PageRuns.of(2, 1));
    assertRefused(other.toString());
    assertThat(DiskChain.leadsTo(disk, base)).isFalse();
  }

  @Test
  void aLinkOutOfTheFolderIsRefused() throws IOException {
    write(folder.resolve("out.qcow2"), base.toString(), BackingFormat.RAW, PageRuns.of(1, 1));
    Files.createSymbolicLink(vm.resolve("shared.qcow2"), folder.resolve("out.qcow2"));
    write(disk, "shared.qcow2", BackingFormat.QCOW2, PageRuns.of(2, 1));
    assertRefused("shared.qcow2");
  }

  @Test
  void circlesEnd() throws IOException {
    write(disk, "shared.qcow2", BackingFormat.QCOW2, PageRuns.of(2, 1));
    write(vm.resolve("shared.qcow2"), "disk.qcow2", BackingFormat.QCOW2, PageRuns.of(2, 1));
    assertThatThrownBy(() -> DiskChain.open(disk, base))
        .isInstanceOf(BackingFileException.class)
        .hasMessageContaining("in a circle");
  }

  @Test
  void aChainThatEndsInNothingIsRefused() throws IOException {
    write(disk, base.toString(), BackingFormat.RAW, PageRuns.of(2, 1));
    try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(Long.BYTES), 8);
    }
    assertThatThrownBy(() -> DiskChain.open(disk, base))
        .isInstanceOf(BackingFileException.class)
        .hasMessageContaining("is missing");
  }

  @Test
  void aLayerOfAnotherLengthIsRefused() throws IOException {
    Path shared = vm.resolve("shared.qcow2");
    try (FileChannel channel = create(shared)) {
      Qcow2Writer.writeEmpty(channel, 1 << 20, base.toString());
    }
    write(disk, "shared.qcow2", BackingFormat.QCOW2, PageRuns.of(2, 1));
    assertThatThrownBy(() -> DiskChain.open(disk, base))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining("shared.qcow2")
        .hasMessageContaining("a disk of 1048576 bytes below one of");
  }

  @Test
  void aTruncatedLayerIsRefused() throws IOException {
    Path shared = vm.resolve("shared.qcow2");
    write(shared, base.toString(), BackingFormat.RAW, PageRuns.of(1, 100));
    write(disk, "shared.qcow2", BackingFormat.QCOW2, PageRuns.of(2, 1));
    try (FileChannel channel = FileChannel.open(shared, StandardOpenOption.WRITE)) {
      for (long size : new long[] {Qcow2Plan.CLUSTER * 4L, Qcow2Plan.CLUSTER, 50, 0}) {
        channel.truncate(size);
        assertThatThrownBy(() -> DiskChain.open(disk, base))
            .isInstanceOf(CorruptException.class)
            .hasMessageContaining("shared.qcow2");
      }
    }
  }

  private void assertRefused(String name) {
    assertThatThrownBy(() -> DiskChain.open(disk, base))
        .isInstanceOf(BackingFileException.class)
        .hasMessageContaining("disk.qcow2")
        .hasMessageContaining(name.replace('\n', '?'));
  }

  private static byte first(DiskChain chain, long page) {
    return chain.segment().get(ValueLayout.JAVA_BYTE, chain.offsetOf(page));
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  private static void write(Path file, String backing, BackingFormat format, PageRuns data)
      throws IOException {
    write(file, backing, format, data, PageRuns.EMPTY, 1);
  }

  private static void write(
      Path file, String backing, BackingFormat format, PageRuns data, PageRuns zero, int value)
      throws IOException {
    try (FileChannel channel = create(file)) {
      Qcow2Writer writer =
          Qcow2Writer.begin(channel, PAGES << Page.SHIFT, backing, format, data, zero);
      MemorySegment page = MemorySegment.ofArray(new byte[Page.SIZE]).fill((byte) value);
      for (long rank = 0; rank < data.pages(); rank++) {
        writer.write(data.page(rank), 1, page, 0);
      }
      writer.finish();
    }
  }
}
