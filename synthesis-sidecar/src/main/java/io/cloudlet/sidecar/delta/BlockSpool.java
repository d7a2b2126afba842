package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.qemu.RamBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** One block of memory as it arrives: compares each page with the base's and keeps what differs. */
final class BlockSpool {
  private final RamBlock block;
  private final SpoolFile spool;
  private final PageSlots states;
  private final Optional<MappedImage> base;
  private final long basePages;

  /** Pages of the base outside of these are holes: zero without being read. */
  private final PageRuns baseData;

  BlockSpool(RamBlock block, Optional<MappedImage> base, SpoolFile spool) throws IOException {
    this.block = block;
    this.spool = spool;
    this.base = base;
    this.states = new PageSlots(Page.count(block.length()));
    this.basePages = base.isPresent() ? Page.count(base.get().length()) : 0;
    this.baseData = base.isPresent() ? FlatComparison.dataPages(base.get()) : PageRuns.EMPTY;
  }

  void page(long page, MemorySegment data, long at) throws IOException {
    boolean same = baseHasData(page) && Page.equal(data, at, baseSegment(), page << Page.SHIFT);
    int state = states.get(page);
    if (same) {
      states.set(page, SpooledBlock.UNCHANGED);
    } else if (state > 0) {
      spool.replace(state - 1, data, at); // The guest runs, and has changed it again.
    } else {
      states.set(page, spool.append(data, at) + 1);
    }
  }

  void fill(long page, byte value) throws IOException {
    if (value != 0) {
      states.set(page, spool.append(value) + 1);
      return;
    }
    boolean zeroInBase = !baseHasData(page) || Page.isZero(baseSegment(), page << Page.SHIFT);
    states.set(page, zeroInBase ? SpooledBlock.UNCHANGED : SpooledBlock.ZEROED);
  }

  ChangedImage changed(MemorySegment spooled) {
    SpooledBlock content = new SpooledBlock(block.length(), spooled, states);
    ImageId id = block.id();
    return new ChangedImage(id, block.length(), states.touched(), content);
  }

  private boolean baseHasData(long page) {
    return page < basePages && baseData.contains(page);
  }

  private MemorySegment baseSegment() {
    return base.orElseThrow().segment();
  }
}
