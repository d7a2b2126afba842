package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reads a distant source in blocks, and ahead of readers that go through it in order, so that they
 * wait for the network's rate and not for its round trips. Small reads near each other, such as
 * those of a file's last tables, cost one request.
 *
 * <p>Holds a fixed number of blocks, the last used ones. Owns the source.
 */
final class ReadAheadSource implements OverlaySource {
  private final OverlaySource source;
  private final int blockSize;
  private final int ahead;
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Long, FutureTask<ByteBuffer>> blocks;

  /**
   * Wraps a source.
   *
   * @param blockSize bytes of a block, at least 1
   * @param ahead blocks that are fetched before they are asked for, at least 1; twice as many are
   *     held
   */
  ReadAheadSource(OverlaySource source, int blockSize, int ahead) {
    this.source = source;
    this.blockSize = blockSize;
    this.ahead = ahead;
    this.blocks = new RecentBlocks(2 * ahead + 1);
  }

  @Override
  public long length() {
    return source.length();
  }

  @Override
  public void read(long offset, ByteBuffer destination) throws IOException {
    Ranges.check(this, offset, destination.remaining());
    long at = offset;
    while (destination.hasRemaining()) {
      long number = at / blockSize;
      ByteBuffer block = await(number).duplicate();
      block.position((int) (at % blockSize));
      block.limit(Math.min(block.limit(), block.position() + destination.remaining()));
      at += block.remaining();
      destination.put(block);
    }
  }

  @Override
  public String describe() {
    return source.describe();
  }

  @Override
  public void close() {
    source.close();
    readers.shutdownNow();
  }

  private ByteBuffer await(long number) throws IOException {
    FutureTask<ByteBuffer> block;
    try {
      block = request(number);
    } catch (RejectedExecutionException e) {
      throw new CloudletException(describe() + " is closed; nothing is read from it any more", e);
    }
    try {
      return block.get();
    } catch (ExecutionException e) {
      forget(number, block);
      throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("reading " + describe() + " was cancelled");
    }
  }

  /** The block, on its way at least; and those behind it when the one before it was read too. */
  private synchronized FutureTask<ByteBuffer> request(long number) {
    boolean inOrder = blocks.containsKey(number - 1);
    FutureTask<ByteBuffer> block = start(number);
    long count = (length() + blockSize - 1) / blockSize;
    for (long next = number + 1; inOrder && next <= number + ahead && next < count; next++) {
      FutureTask<ByteBuffer> _ = start(next);
    }
    return block;
  }

  private FutureTask<ByteBuffer> start(long number) {
    FutureTask<ByteBuffer> known = blocks.get(number);
    if (known != null) {
      return known;
    }
    FutureTask<ByteBuffer> task = new FutureTask<>(() -> fetch(number));
    readers.execute(task);
    blocks.put(number, task);
    return task;
  }

  /** What failed is tried anew by whoever asks again. */
  private synchronized void forget(long number, FutureTask<ByteBuffer> failed) {
    blocks.remove(number, failed);
  }

  private ByteBuffer fetch(long number) throws IOException {
    long offset = number * blockSize;
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(blockSize, length() - offset));
    source.read(offset, block);
    return block.flip().asReadOnlyBuffer();
  }

  /** The blocks that were asked for last. */
  private static final class RecentBlocks extends LinkedHashMap<Long, FutureTask<ByteBuffer>> {
    private static final long serialVersionUID = 1L;

    private final int limit;

    RecentBlocks(int limit) {
      super(16, 0.75f, true);
      this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, FutureTask<ByteBuffer>> eldest) {
      return size() > limit;
    }
  }
}
