package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import io.cloudlet.sidecar.qemu.StreamSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a QEMU that has mapped the whole of its main memory needs: the other blocks, from files, and
 * the state of the devices.
 *
 * @param blocks all blocks
 * @param files where the content of blocks lies
 */
record WholeStream(MemoryBlocks blocks, Map<ImageId, Path> files, StateBlobs blobs)
    implements StreamSource {
  @Override
  public void writeTo(MigrationStreamHandler out) throws IOException {
    out.preamble(ByteBuffer.wrap(blobs.preamble()));
    out.ramBlocks(blocks.blocks());
    List<ImageId> ids = blocks.blocks().stream().map(block -> block.id()).toList();
    for (int block = 0; block < ids.size(); block++) {
      Path file = files.get(ids.get(block));
      if (file != null && !ids.get(block).equals(MemoryBlocks.MAIN)) {
        try (MappedImage content = MappedImage.open(file, blocks.blocks().get(block).length())) {
          blocks.send(block, Optional.of(content), PageRuns.EMPTY, out);
        }
      }
    }
    out.deviceState(ByteBuffer.wrap(blobs.deviceState()));
  }
}
