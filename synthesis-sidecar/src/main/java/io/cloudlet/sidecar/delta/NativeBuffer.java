package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Page-aligned native memory; what is never touched costs nothing. */
final class NativeBuffer implements Pool.Item {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;

  NativeBuffer(long bytes) {
    memory = arena.allocate(bytes, Page.SIZE);
  }

  /** The first bytes. */
  MemorySegment first(long bytes) {
    return memory.asSlice(0, bytes);
  }

  ByteBuffer asByteBuffer() {
    return memory.asByteBuffer();
  }

  @Override
  public void close() {
    arena.close();
  }
}
