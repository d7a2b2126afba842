package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on several threads and takes their results in the order of submission, on the
 * submitting thread. No more than twice as many tasks as threads are under way, so memory stays
 * bounded. The first error of a task, of the sink, or an interrupt ends everything.
 *
 * <p>Used by one thread. Closing waits for tasks that run, which therefore have to be short.
 */
final class OrderedPipeline<R> implements AutoCloseable {
  /** Takes results in order. */
  @FunctionalInterface
  interface Sink<R> {
    void accept(R result) throws IOException;
  }

  private final ExecutorService threads;
  private final Queue<Future<R>> underWay = new ArrayDeque<>();
  private final Sink<R> sink;
  private final int window;
  private final String name;

  OrderedPipeline(String name, int threads, Sink<R> sink) {
    this.name = name;
    this.threads =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name(name + "-", 0).factory());
    this.window = window(threads);
    this.sink = sink;
  }

  /** How many tasks may hold memory at once. */
  static int window(int threads) {
    return 2 * threads;
  }

  void submit(Callable<R> task) throws IOException {
    if (underWay.size() >= window) {
      takeFirst();
    }
    underWay.add(threads.submit(task));
  }

  /** Waits for all tasks. */
  void drain() throws IOException {
    while (!underWay.isEmpty()) {
      takeFirst();
    }
  }

  private void takeFirst() throws IOException {
    try {
      sink.accept(underWay.remove().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(name);
    } catch (ExecutionException e) {
      throw asIoException(e.getCause());
    }
  }

  private IOException asIoException(@Nullable Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case null -> new CloudletException(name + " failed");
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      default -> new CloudletException(name + " failed: " + cause, cause);
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
