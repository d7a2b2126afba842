package io.cloudlet.sidecar.codec;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.BaseRun;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Native memory that grows to the largest need and is used again. For one thread at a time. */
final class NativeScratch implements AutoCloseable {
  private Arena arena = Arena.ofShared();
  private MemorySegment memory = MemorySegment.NULL;

  /** The pages of some runs, one after the other; valid until the next call. */
  MemorySegment gather(List<BaseRun> runs, BasePages base) {
    long pages = runs.stream().mapToLong(BaseRun::count).sum();
    MemorySegment gathered = atLeast(pages << Page.SHIFT).asSlice(0, pages << Page.SHIFT);
    base.copy(runs, gathered);
    return gathered;
  }

  private MemorySegment atLeast(long bytes) {
    if (memory.byteSize() < bytes) {
      arena.close();
      arena = Arena.ofShared();
      memory = arena.allocate(bytes, Page.SIZE);
    }
    return memory;
  }

  @Override
  public void close() {
    arena.close();
  }
}
