package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.SparseFile;
import io.cloudlet.sidecar.qemu.MigrationStreamHandler;
import io.cloudlet.sidecar.qemu.RamBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps a migration stream: memory as whole files, the rest as bytes. */
final class FlatCapture implements MigrationStreamHandler, AutoCloseable {
  private final BaseImages.Locator files;
  private final List<SparseFile> blocks = new ArrayList<>();
  private final ByteArrayOutputStream deviceState = new ByteArrayOutputStream();
  final List<ImageId> ids = new ArrayList<>();
  private byte[] preamble = {};

  FlatCapture(BaseImages.Locator files) {
    this.files = files;
  }

  byte[] preamble() {
    return preamble;
  }

  byte[] deviceState() {
    return deviceState.toByteArray();
  }

  @Override
  public void preamble(ByteBuffer bytes) {
    preamble = new byte[bytes.remaining()];
    bytes.get(preamble);
  }

  @Override
  public void ramBlocks(List<RamBlock> list) throws IOException {
    for (RamBlock block : list) {
      ids.add(block.id());
      blocks.add(SparseFile.create(files.locate(block.id()), block.length()));
    }
  }

  @Override
  public void page(int block, long offset, MemorySegment data, long at) throws IOException {
    blocks.get(block).write(offset, data.asSlice(at, Page.SIZE));
  }

  @Override
  public void fill(int block, long offset, byte value) throws IOException {
    if (value != 0) {
      byte[] bytes = new byte[Page.SIZE];
      Arrays.fill(bytes, value);
      blocks.get(block).write(offset, ByteBuffer.wrap(bytes));
    }
  }

  @Override
  public void deviceState(ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    deviceState.writeBytes(bytes);
  }

  @Override
  public void end() {}

  @Override
  public void close() throws IOException {
    for (SparseFile block : blocks) {
      block.close();
    }
  }
}
