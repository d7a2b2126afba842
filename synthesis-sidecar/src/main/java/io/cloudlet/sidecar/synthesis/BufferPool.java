package io.cloudlet.sidecar.synthesis;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A fixed number of native buffers of one size; whoever wants one waits until there is one. The
 * number of buffers is what bounds how far one stage of a pipeline may run ahead of the next.
 *
 * <p>Thread-safe. Closing frees the buffers; nobody may use one any more then.
 */
final class BufferPool implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final BlockingQueue<MemorySegment> free;

  /**
   * Allocates the buffers; the kernel provides their memory when they are first written.
   *
   * @param count at least 1
   * @param size bytes of each, at least 1
   */
  BufferPool(int count, long size) {
    free = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      free.add(arena.allocate(size, Long.BYTES));
    }
  }

  /** Takes a buffer, whose content is undefined. */
  MemorySegment take() throws InterruptedException {
    return free.take();
  }

  /** Gives back what {@link #take} gave. */
  void give(MemorySegment buffer) {
    free.add(buffer);
  }

  @Override
  public void close() {
    arena.close();
  }
}
