package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** The memory of an overlay in whole files of the cache, being filled by a pipeline. */
final class MemoryFiles implements AutoCloseable {
  private final List<FileChannel> channels = new ArrayList<>();
  private final List<FlatImage> blocks = new ArrayList<>();

  /** Plans a file for every block of memory; each has its full length from the start. */
  static MemoryFiles plan(OverlayReader overlay, BaseImages base, CacheFiles files, Targets work)
      throws IOException {
    MemoryFiles memory = new MemoryFiles();
    try {
      for (int image = 0; image < overlay.manifest().images().size(); image++) {
        ImageId id = overlay.manifest().images().get(image).id();
        if (id.kind() == ImageKind.MEMORY) {
          FileChannel channel = CacheFiles.create(files.memory(image));
          memory.channels.add(channel);
          FlatImage block = FlatSynthesis.plan(overlay, base, id, channel, work);
          block.reserve();
          memory.blocks.add(block);
        }
      }
      return memory;
    } catch (IOException | RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  /** Bytes that have been written so far. */
  long bytes() {
    return blocks.stream().mapToLong(FlatImage::written).sum();
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels) {
      channel.close();
    }
  }
}
