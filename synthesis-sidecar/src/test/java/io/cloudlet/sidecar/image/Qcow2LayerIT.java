package io.cloudlet.sidecar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads files that QEMU made, and compares with what QEMU reads from them. */
class Qcow2LayerIT {
  private static final long PAGES = 4096;
  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[Page.SIZE]);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "1, compat=1.1;cluster_size=64k",
    "2, compat=1.1;cluster_size=4k",
    "3, compat=1.1;cluster_size=2M",
    "4, compat=0.10;cluster_size=64k",
    "5, compat=1.1;cluster_size=128k;extended_l2=on",
    "6, compat=1.1;cluster_size=2M;extended_l2=on",
    "7, compat=1.1;cluster_size=64k;lazy_refcounts=on",
    "8, compat=1.1;cluster_size=128k;extended_l2=on;refcount_bits=1"
  })
  void findsWhatQemuWrote(long seed, String options) throws IOException {
    Path backing = Images.sparse(folder.resolve("base.raw"), PAGES, 3, seed);
    Path file = folder.resolve("layer.qcow2");
    QemuImg.run(
        "create", "-f", "qcow2", "-o", options.replace(';', ','), "-F", "raw", "-b", backing, file);
    QemuImg.io(file, randomCommands(Images.random(seed)));

    Path flat = QemuImg.flatten(file, folder.resolve("flat.raw"));
    try (Qcow2Layer layer = Qcow2Layer.open(file);
        MappedImage below = MappedImage.open(backing);
        MappedImage expected = MappedImage.open(flat)) {
      assertThat(layer.length()).isEqualTo(expected.length());
      assertThat(layer.backingFile()).contains(backing.toString());
      PageRuns pages = layer.pages();
      assertThat(pages.pages()).isBetween(50L, PAGES);
      for (long page = 0; page < PAGES; page++) {
        assertThat(pages.contains(page)).isEqualTo(layer.offsetOf(page) != PageSource.ABSENT);
        assertPage(layer, below, expected, page);
      }
    }
  }

  private static void assertPage(
      Qcow2Layer layer, MappedImage below, MappedImage expected, long page) {
    long at = layer.offsetOf(page);
    MemorySegment content = layer.segment();
    if (at == PageSource.ABSENT) {
      content = below.segment();
      at = below.offsetOf(page);
    } else if (at == PageSource.ZERO) {
      content = ZEROS;
      at = 0;
    }
    assertThat(Page.equal(content, at, expected.segment(), page << Page.SHIFT))
        .as("page %d", page)
        .isTrue();
  }

  private static List<String> randomCommands(RandomGenerator random) {
    List<String> commands = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long sector = random.nextLong(PAGES * 8 - 600);
      long offset = random.nextBoolean() ? sector * 512 : sector / 8 * 4096;
      long length = 512L * (1 + random.nextInt(random.nextInt(20) == 0 ? 599 : 24));
      commands.add(
          switch (random.nextInt(5)) {
            case 0 -> "discard " + offset + " " + length;
            case 1 -> "write -z " + offset + " " + length;
            case 2 -> "write -zu " + offset + " " + length;
            default -> "write -P " + (1 + random.nextInt(255)) + " " + offset + " " + length;
          });
    }
    return commands;
  }

  @Test
  void aDiskMayEndWithinAPage() throws IOException {
    Path file = folder.resolve("odd.qcow2");
    QemuImg.run("create", "-f", "qcow2", file, 1024 * 1024 + 512);
    QemuImg.io(file, List.of("write -P 7 1M 512"));
    try (Qcow2Layer layer = Qcow2Layer.open(file)) {
      assertThat(layer.length()).isEqualTo(1024 * 1024 + 512);
      assertThat(layer.pages().contains(256)).isTrue();
      assertThat(layer.offsetOf(256)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster_size=512", "cluster_size=64k,extended_l2=on"})
  void refusesUnitsSmallerThanAPage(String options) throws IOException {
    Path file = folder.resolve("a.qcow2");
    QemuImg.run("create", "-f", "qcow2", "-o", options, file, "1M");
    assertUnsupported(file, "smaller than a page");
  }

  @Test
  void refusesCompressedClusters() throws IOException {
    Path raw = Images.sparse(folder.resolve("a.raw"), 64, 2, 1);
    Path file = folder.resolve("a.qcow2");
    QemuImg.run("convert", "-c", "-f", "raw", "-O", "qcow2", raw, file);
    assertUnsupported(file, "has compressed clusters");
  }

  /** AES, not LUKS: for LUKS qemu-img first measures the CPU, which fails now and then. */
  @Test
  void refusesEncryption() throws IOException {
    Path file = folder.resolve("a.qcow2");
    QemuImg.run(
        "create",
        "--object",
        "secret,id=s,data=x",
        "-f",
        "qcow2",
        "-o",
        "encrypt.format=aes,encrypt.key-secret=s",
        file,
        "1M");
    assertUnsupported(file, "is encrypted");
  }

  @Test
  void refusesAnExternalDataFile() throws IOException {
    Path file = folder.resolve("a.qcow2");
    QemuImg.run("create", "-f", "qcow2", "-o", "data_file=" + folder.resolve("a.data"), file, "1M");
    assertUnsupported(file, "keeps its data in another file");
  }

  private static void assertUnsupported(Path file, String reason) {
    assertThatThrownBy(() -> Qcow2Layer.open(file))
        .isInstanceOf(UnsupportedQcow2Exception.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("qemu-img convert");
  }
}
