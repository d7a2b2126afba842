package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import io.cloudlet.sidecar.qemu.RamBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of guest memory that a stream to QEMU lists, and the sending of whole blocks.
 *
 * @param blocks in the order of the stream
 */
record MemoryBlocks(List<RamBlock> blocks) {
  /** The main block, which QEMU maps from a file. */
  static final ImageId MAIN = ImageId.MAIN_MEMORY;

  /** The blocks among some images. */
  static MemoryBlocks of(List<ImageId> ids, List<Long> lengths) {
    List<RamBlock> blocks = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (ids.get(i).kind() == ImageKind.MEMORY) {
        blocks.add(new RamBlock(ids.get(i).name(), lengths.get(i)));
      }
    }
    return new MemoryBlocks(List.copyOf(blocks));
  }

  /** Position of an image's block in the stream; -1 when it has none. */
  int find(ImageId id) {
    for (int block = 0; block < blocks.size(); block++) {
      if (blocks.get(block).id().equals(id)) {
        return block;
      }
    }
    return -1;
  }

  /**
   * Sends pages of a block. Zero pages too: the ROMs that QEMU has loaded there itself may be
   * others.
   *
   * @param content what the block's pages are; empty: all zero. Pages behind its end are zero
   * @param except pages that are sent otherwise
   */
  void send(int block, Optional<MappedImage> content, PageRuns except, MigrationStreamHandler out)
      throws IOException {
    long pages = Page.count(blocks.get(block).length());
    long present = content.map(image -> Page.count(image.length())).orElse(0L);
    for (long page = 0; page < pages; page++) {
      if (except.contains(page)) {
        continue;
      }
      long offset = page << Page.SHIFT;
      if (page < present && !Page.isZero(content.get().segment(), offset)) {
        MemorySegment from = content.get().segment();
        out.page(block, offset, from, offset);
      } else {
        out.fill(block, offset, (byte) 0);
      }
    }
  }
}
