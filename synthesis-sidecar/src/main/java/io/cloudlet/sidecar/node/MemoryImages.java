package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseDraft;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.SparseFile;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import io.cloudlet.sidecar.qemu.RamBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Lays the memory of a VM down as images of a base VM that is being made. For one thread. */
final class MemoryImages implements MigrationStreamHandler, AutoCloseable {
  /** Pages that follow each other are written together. */
  private static final int PENDING_BYTES = 1 << 20;

  private final BaseDraft draft;
  private final Progress.Stage stage;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment pending = arena.allocate(PENDING_BYTES, Page.SIZE);
  private final List<SparseFile> blocks = new ArrayList<>();
  private final ByteArrayOutputStream deviceState = new ByteArrayOutputStream();
  private int pendingBlock;
  private long pendingOffset;
  private long pendingBytes;

  MemoryImages(BaseDraft draft, Progress.Stage stage) {
    this.draft = draft;
    this.stage = stage;
  }

  @Override
  public void preamble(ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    draft.preamble(copy);
  }

  @Override
  public void ramBlocks(List<RamBlock> list) throws IOException {
    for (RamBlock block : list) {
      blocks.add(SparseFile.create(draft.addImage(block.id()), block.length()));
    }
  }

  @Override
  public void page(int block, long offset, MemorySegment data, long at) throws IOException {
    boolean follows = block == pendingBlock && offset == pendingOffset + pendingBytes;
    if (!follows || pendingBytes == PENDING_BYTES) {
      flush();
      pendingBlock = block;
      pendingOffset = offset;
    }
    MemorySegment.copy(data, at, pending, pendingBytes, Page.SIZE);
    pendingBytes += Page.SIZE;
  }

  @Override
  public void fill(int block, long offset, byte value) throws IOException {
    // The guest stands still, so no page comes twice: a page of zeros is a hole already.
    if (value != 0) {
      try (Arena once = Arena.ofConfined()) {
        page(block, offset, once.allocate(Page.SIZE).fill(value), 0);
      }
    }
  }

  @Override
  public void deviceState(ByteBuffer chunk) {
    byte[] copy = new byte[chunk.remaining()];
    chunk.duplicate().get(copy);
    deviceState.writeBytes(copy);
  }

  @Override
  public void end() throws IOException {
    flush();
    draft.deviceState(deviceState.toByteArray());
  }

  private void flush() throws IOException {
    if (pendingBytes > 0) {
      blocks.get(pendingBlock).write(pendingOffset, pending.asSlice(0, pendingBytes));
      stage.advance(pendingBytes);
      pendingBytes = 0;
    }
  }

  @Override
  public void close() throws IOException {
    arena.close();
    for (SparseFile block : blocks) {
      block.close();
    }
  }
}
