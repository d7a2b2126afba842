package io.cloudlet.sidecar.delta;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/** Owns native things that are costly to make and used by one task at a time. Thread-safe. */
final class Pool<T extends Pool.Item> implements AutoCloseable {
  /** Something that holds native memory. */
  interface Item extends AutoCloseable {
    @Override
    void close();
  }

  private final Supplier<T> maker;
  private final Queue<T> idle = new ArrayDeque<>();
  private final List<T> all = new ArrayList<>();

  Pool(Supplier<T> maker) {
    this.maker = maker;
  }

  /** One that nobody else has until {@link #give}. */
  synchronized T take() {
    T item = idle.poll();
    if (item == null) {
      item = maker.get();
      all.add(item);
    }
    return item;
  }

  synchronized void give(T item) {
    idle.add(item);
  }

  /** Closes all, given back or not; called when no task runs any more. */
  @Override
  public synchronized void close() {
    all.forEach(Item::close);
    all.clear();
    idle.clear();
  }
}
