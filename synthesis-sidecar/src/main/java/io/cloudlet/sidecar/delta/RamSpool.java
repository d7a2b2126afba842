package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.OverlayLimits;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import io.cloudlet.sidecar.qemu.RamBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a migration stream: drops pages that are as in the base, keeps the others in a file.
 *
 * <p>The guest stands still for the end of the stream, so nothing is done here that can be done
 * later. The heap holds four bytes per page of memory that changed, and the state of the devices.
 * For one thread; after {@link #end} the images may be read by many until {@link #close}.
 */
public final class RamSpool implements MigrationStreamHandler, AutoCloseable {
  /** Real machines have below 1 MiB; graphics cards may have some more. */
  private static final int MOST_DEVICE_STATE = 256 << 20;

  private final BaseMemory base;
  private final SpoolFile spool;
  private final Arena mapping = Arena.ofShared();
  private final ByteArrayOutputStream preamble = new ByteArrayOutputStream();
  private final ByteArrayOutputStream deviceState = new ByteArrayOutputStream();
  private final List<BlockSpool> blocks = new ArrayList<>();
  private List<ChangedImage> images = List.of();
  private boolean ended;

  /**
   * Begins a spool.
   *
   * @param folder where a file without a name holds the changed pages, see {@link SpoolFolder}
   */
  public RamSpool(BaseMemory base, Path folder) throws IOException {
    this.base = base;
    this.spool = SpoolFile.create(folder);
  }

  @Override
  public void preamble(ByteBuffer bytes) throws IOException {
    append(bytes, preamble);
  }

  @Override
  public void ramBlocks(List<RamBlock> list) throws IOException {
    for (RamBlock block : list) {
      ImageId id = block.id();
      if (Page.count(block.length()) > OverlayLimits.PAGES) {
        throw new CloudletException(id + " has " + block.length() + " bytes; 8 TiB are possible");
      }
      blocks.add(new BlockSpool(block, base.image(id), spool));
    }
  }

  @Override
  public void page(int block, long offset, MemorySegment data, long at) throws IOException {
    blocks.get(block).page(offset >>> Page.SHIFT, data, at);
  }

  @Override
  public void fill(int block, long offset, byte value) throws IOException {
    blocks.get(block).fill(offset >>> Page.SHIFT, value);
  }

  @Override
  public void deviceState(ByteBuffer chunk) throws IOException {
    append(chunk, deviceState);
  }

  @Override
  public void end() throws IOException {
    MemorySegment spooled = spool.map(mapping);
    images = blocks.stream().map(block -> block.changed(spooled)).toList();
    ended = true;
  }

  /** The blocks of memory with their changed pages, valid until {@link #close}. */
  public List<ChangedImage> images() {
    requireEnd();
    return images;
  }

  /** The stream before the memory. */
  public byte[] preamble() {
    requireEnd();
    return preamble.toByteArray();
  }

  /** The stream after the memory. */
  public byte[] deviceState() {
    requireEnd();
    return deviceState.toByteArray();
  }

  @Override
  public void close() throws IOException {
    if (mapping.scope().isAlive()) {
      mapping.close();
    }
    spool.close();
  }

  private void requireEnd() {
    if (!ended) {
      throw new IllegalStateException("the stream has not ended");
    }
  }

  private static void append(ByteBuffer bytes, ByteArrayOutputStream out) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    if (copy.length > MOST_DEVICE_STATE - out.size()) {
      throw new CloudletException(
          "the state of the machine's devices has more than "
              + MOST_DEVICE_STATE
              + " bytes; detach devices with memory of their own");
    }
    bytes.duplicate().get(copy);
    out.writeBytes(copy);
  }
}
