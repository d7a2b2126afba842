package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseImage;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import io.cloudlet.sidecar.qemu.RamBlock;
import io.cloudlet.sidecar.qemu.StreamSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A base VM's state as a migration stream, for a QEMU that maps the main memory and so needs the
 * other blocks and the devices only.
 */
final class BaseState implements StreamSource {
  private final BaseVm base;
  private final List<BaseImage> blocks;

  BaseState(BaseVm base) {
    this.base = base;
    this.blocks =
        base.manifest().images().stream()
            .filter(image -> image.id().kind() == ImageKind.MEMORY)
            .toList();
  }

  @Override
  public void writeTo(MigrationStreamHandler out) throws IOException {
    out.preamble(ByteBuffer.wrap(base.preamble()));
    out.ramBlocks(
        blocks.stream().map(block -> new RamBlock(block.id().name(), block.length())).toList());
    for (int i = 0; i < blocks.size(); i++) {
      if (!blocks.get(i).id().equals(ImageId.MAIN_MEMORY)) {
        write(i, base.image(blocks.get(i).id()), out);
      }
    }
    out.deviceState(ByteBuffer.wrap(base.deviceState()));
  }

  private static void write(int block, MappedImage image, MigrationStreamHandler out)
      throws IOException {
    for (long page = 0; page < Page.count(image.length()); page++) {
      long offset = image.offsetOf(page);
      if (offset < 0 || Page.isZero(image.segment(), offset)) {
        // QEMU fills ROMs when it starts, so their zeros have to be said.
        out.fill(block, page << Page.SHIFT, (byte) 0);
      } else {
        out.page(block, page << Page.SHIFT, image.segment(), offset);
      }
    }
  }
}
