package io.cloudlet.sidecar.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.image.PageSource;
import io.cloudlet.sidecar.qemu.RamBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RamSpoolTest {
  private static final int PAGES = 400;
  private static final RamBlock MAIN = new RamBlock("pc.ram", (long) PAGES * Page.SIZE);
  private static final RamBlock ROM = new RamBlock("/rom@etc/acpi/tables", 8L * Page.SIZE);

  @TempDir Path folder;

  /** Every page of the block goes by twice, with other content; the second one counts. */
  @Test
  void keepsTheLastVersionOfWhatDiffersFromTheBase() throws IOException {
    try (Scenario scenario = new Scenario(folder.resolve("images"), 3, 2 * PAGES);
        RamSpool spool = new RamSpool(id -> Optional.of(scenario.baseMemory), folder)) {
      spool.preamble(ByteBuffer.wrap(new byte[] {1, 2}));
      spool.ramBlocks(List.of(MAIN));
      Random random = new Random(4);
      for (int page = 0; page < PAGES; page++) {
        send(spool, page, scenario.disk.segment(), (long) random.nextInt(PAGES) * Page.SIZE);
      }
      for (int page = 0; page < PAGES; page++) {
        send(spool, page, scenario.memory.segment(), (long) page * Page.SIZE);
      }
      spool.deviceState(ByteBuffer.wrap(new byte[] {3}));
      spool.deviceState(ByteBuffer.wrap(new byte[] {4, 5}));
      spool.end();

      ChangedImage image = spool.images().getFirst();
      assertThat(image.id()).isEqualTo(ImageId.MAIN_MEMORY);
      assertThat(image.changed())
          .isEqualTo(
              FlatComparison.compare(image.id(), scenario.baseMemory, scenario.memory).changed());
      for (int page = 0; page < PAGES; page++) {
        assertContent(image, page, scenario);
      }
      assertThat(spool.preamble()).containsExactly(1, 2);
      assertThat(spool.deviceState()).containsExactly(3, 4, 5);
    }
  }

  private static void send(RamSpool spool, int page, MemorySegment data, long at)
      throws IOException {
    if (Page.isZero(data, at)) {
      spool.fill(0, (long) page * Page.SIZE, (byte) 0);
    } else {
      spool.page(0, (long) page * Page.SIZE, data, at);
    }
  }

  private static void assertContent(ChangedImage image, int page, Scenario scenario) {
    MemorySegment expected = scenario.memory.segment();
    long at = (long) page * Page.SIZE;
    long offset = image.content().offsetOf(page);
    if (!image.changed().contains(page)) {
      assertThat(offset).isEqualTo(PageSource.ABSENT);
    } else if (offset == PageSource.ZERO) {
      assertThat(Page.isZero(expected, at)).isTrue();
    } else {
      assertThat(Page.equal(image.content().segment(), offset, expected, at)).isTrue();
    }
  }

  @Test
  void blocksThatTheBaseHasNotAreWhollyNew() throws IOException {
    try (RamSpool spool = new RamSpool(BaseMemory.NONE, folder)) {
      spool.ramBlocks(List.of(MAIN, ROM));
      spool.fill(1, 0, (byte) 0);
      spool.fill(1, Page.SIZE, (byte) 0x5a);
      spool.page(1, 3L * Page.SIZE, MemorySegment.ofArray(new byte[Page.SIZE]), 0);
      spool.end();
      assertThat(spool.images().getFirst().changed().isEmpty()).isTrue();
      ChangedImage rom = spool.images().getLast();
      assertThat(rom.changed().page(0)).isEqualTo(1);
      assertThat(rom.changed()).isEqualTo(PageRuns.of(1, 1).union(PageRuns.of(3, 1)));
      byte[] filled = new byte[Page.SIZE];
      Arrays.fill(filled, (byte) 0x5a);
      assertThat(
              Page.equal(
                  rom.content().segment(),
                  rom.content().offsetOf(1),
                  MemorySegment.ofArray(filled),
                  0))
          .isTrue();
    }
  }

  @Test
  void nothingLiesInTheFolderEvenWhileItIsInUse() throws IOException {
    try (RamSpool spool = new RamSpool(BaseMemory.NONE, folder)) {
      spool.ramBlocks(List.of(MAIN));
      for (int page = 0; page < PAGES; page++) {
        spool.fill(0, (long) page * Page.SIZE, (byte) 1);
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
    }
  }

  @Test
  void absurdSizesCostNothingOrAreRefused() throws IOException {
    try (RamSpool spool = new RamSpool(BaseMemory.NONE, folder)) {
      spool.ramBlocks(List.of(new RamBlock("huge", (8L << 40) - Page.SIZE)));
      RamBlock absurd = new RamBlock("absurd", 1L << 60);
      assertThatThrownBy(() -> spool.ramBlocks(List.of(absurd)))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining("memory/absurd");
    }
  }

  @Test
  void memoryIsTheFolderOfChoiceWhileItHasRoom() {
    Path fallback = folder.resolve("fallback");
    assertThat(SpoolFolder.choose(folder, 1, fallback)).isEqualTo(folder);
    assertThat(SpoolFolder.choose(folder, Long.MAX_VALUE, fallback)).isEqualTo(fallback);
    assertThat(SpoolFolder.choose(folder.resolve("none"), 1, fallback)).isEqualTo(fallback);
  }
}
