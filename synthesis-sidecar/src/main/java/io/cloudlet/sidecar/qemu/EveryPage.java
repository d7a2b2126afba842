package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Passes a migration stream on, and refuses one that ends before every page of memory has come at
 * least once. QEMU sends each page in its first pass; whoever takes a page that never came for
 * unchanged would keep memory of two moments. For one thread.
 */
final class EveryPage implements MigrationStreamHandler {
  private final MigrationStreamHandler next;
  private final List<RamBlock> blocks = new ArrayList<>();
  private final List<BitSet> seen = new ArrayList<>();

  EveryPage(MigrationStreamHandler next) {
    this.next = next;
  }

  @Override
  public void preamble(ByteBuffer bytes) throws IOException {
    next.preamble(bytes);
  }

  @Override
  public void ramBlocks(List<RamBlock> list) throws IOException {
    for (RamBlock block : list) {
      blocks.add(block);
      seen.add(new BitSet());
    }
    next.ramBlocks(list);
  }

  @Override
  public void page(int block, long offset, MemorySegment data, long at) throws IOException {
    see(block, offset);
    next.page(block, offset, data, at);
  }

  @Override
  public void fill(int block, long offset, byte value) throws IOException {
    see(block, offset);
    next.fill(block, offset, value);
  }

  private void see(int block, long offset) {
    seen.get(block).set((int) (offset >>> Page.SHIFT));
  }

  @Override
  public void deviceState(ByteBuffer chunk) throws IOException {
    next.deviceState(chunk);
  }

  @Override
  public void end() throws IOException {
    for (int i = 0; i < blocks.size(); i++) {
      RamBlock block = blocks.get(i);
      long pages = Page.count(block.length());
      int missing = seen.get(i).nextClearBit(0);
      if (missing < pages) {
        throw new CloudletException(
            "QEMU has sent "
                + seen.get(i).cardinality()
                + " of "
                + pages
                + " pages of "
                + block.name()
                + ", and not that at "
                + ((long) missing << Page.SHIFT)
                + "; capture the VM again");
      }
    }
    next.end();
  }
}
