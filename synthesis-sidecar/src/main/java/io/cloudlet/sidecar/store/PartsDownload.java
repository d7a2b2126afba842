package io.cloudlet.sidecar.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Fetches the parts of a file that are missing, several at a time, each into its place. */
final class PartsDownload {
  private final RemoteFile remote;
  private final DoneParts done;
  private final FileChannel file;
  private final FetchListener listener;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong arrived = new AtomicLong();

  PartsDownload(RemoteFile remote, DoneParts done, FileChannel file, FetchListener listener) {
    this.remote = remote;
    this.done = done;
    this.file = file;
    this.listener = listener;
  }

  /** Returns when all parts are there; the first error of any connection ends all. */
  void run(int connections) throws IOException {
    arrived.set(done.bytes());
    file.truncate(remote.version().length());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ExecutorCompletionService<@Nullable Void> workers = new ExecutorCompletionService<>(threads);
      List<Future<@Nullable Void>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        running.add(workers.submit(this::work));
      }
      try {
        for (int i = 0; i < connections; i++) {
          workers.take().get();
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("fetching " + remote.url() + " was cancelled");
      } finally {
        running.forEach(worker -> worker.cancel(true));
      }
    }
  }

  private @Nullable Void work() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(DoneParts.PART);
    for (int part = next.getAndIncrement(); part < done.count(); part = next.getAndIncrement()) {
      if (done.has(part)) {
        continue;
      }
      long offset = (long) part * DoneParts.PART;
      buffer.clear().limit(done.size(part));
      remote.read(offset, buffer);
      buffer.flip();
      while (buffer.hasRemaining()) {
        file.write(buffer, offset + buffer.position());
      }
      done.add(part);
      listener.fetched(arrived.addAndGet(done.size(part)), remote.version().length());
    }
    return null;
  }
}
