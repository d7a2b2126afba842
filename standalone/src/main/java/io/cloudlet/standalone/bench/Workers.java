package io.cloudlet.standalone.bench;

import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Does many small things at the same time, but not all at once.
 *
 * @param atOnce how many, at least 1
 */
record Workers(int atOnce) {
  /** Returns when all are done; the first failure ends it. */
  void forEach(IntStream numbers, IntConsumer work) {
    Semaphore places = new Semaphore(atOnce);
    try (var group = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var done =
          numbers
              .mapToObj(number ->
                  group.submit(() -> {
                    places.acquireUninterruptibly();
                    try {
                      work.accept(number);
                    } finally {
                      places.release();
                    }
                  }))
              .toList();
      for (var task : done) {
        task.get();
      }
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
