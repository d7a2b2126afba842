package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/** Passes everything on; tests override what they look at. */
class ForwardingHandler implements MigrationStreamHandler {
  private final MigrationStreamHandler next;

  ForwardingHandler(MigrationStreamHandler next) {
    this.next = next;
  }

  @Override
  public void preamble(ByteBuffer bytes) throws IOException {
    next.preamble(bytes);
  }

  @Override
  public void ramBlocks(List<RamBlock> blocks) throws IOException {
    next.ramBlocks(blocks);
  }

  @Override
  public void page(int block, long offset, MemorySegment data, long at) throws IOException {
    next.page(block, offset, data, at);
  }

  @Override
  public void fill(int block, long offset, byte value) throws IOException {
    next.fill(block, offset, value);
  }

  @Override
  public void deviceState(ByteBuffer chunk) throws IOException {
    next.deviceState(chunk);
  }

  @Override
  public void end() throws IOException {
    next.end();
  }
}
