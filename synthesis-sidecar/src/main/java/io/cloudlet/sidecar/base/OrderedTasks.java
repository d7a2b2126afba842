package io.cloudlet.sidecar.base;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks on all cores, and hands their results over in the order in which the tasks were given.
 * Few are under way at a time, so memory stays bounded. Used by one thread, which also receives the
 * results.
 */
final class OrderedTasks<T> implements AutoCloseable {
  /** A frame's content and its compressed bytes are held for each. */
  private static final int MAX_PENDING = 8;

  /** What receives the results. */
  @FunctionalInterface
  interface Sink<T> {
    void accept(T result) throws IOException;
  }

  private final Sink<T> sink;
  private final int limit;
  private final ExecutorService workers;
  private final ArrayDeque<Future<T>> pending = new ArrayDeque<>();

  OrderedTasks(Sink<T> sink) {
    int cores = Runtime.getRuntime().availableProcessors();
    this.sink = sink;
    this.limit = Math.min(2 * cores, MAX_PENDING);
    this.workers = Executors.newFixedThreadPool(Math.min(cores, MAX_PENDING));
  }

  /** Gives a task; waits for the oldest one when there are enough. */
  void submit(Callable<T> task) throws IOException {
    if (pending.size() >= limit) {
      takeOldest();
    }
    pending.add(workers.submit(task));
  }

  /** Returns when all results have been handed over. */
  void finish() throws IOException {
    while (!pending.isEmpty()) {
      takeOldest();
    }
  }

  /** Ends all tasks, done or not. */
  @Override
  public void close() {
    workers.shutdownNow();
    workers.close();
  }

  private void takeOldest() throws IOException {
    try {
      sink.accept(pending.remove().get());
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IOException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
