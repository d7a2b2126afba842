package io.cloudlet.sidecar.agent.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends answers whose clients do not take them. A write to a connection has no timeout; an interrupt
 * closes the connection under it. Thread-safe.
 */
final class SlowClients implements AutoCloseable {
  private final Set<Sending> all = ConcurrentHashMap.newKeySet();
  private final Duration stall;
  private final Thread watch;

  /**
   * Begins to watch.
   *
   * @param stall for how long an answer may stand still
   */
  SlowClients(Duration stall) {
    this.stall = stall;
    this.watch = Thread.ofVirtual().name("slow clients").start(this::watch);
  }

  /** An answer that is being sent by one thread. */
  final class Sending implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private long moved = System.nanoTime();
    private boolean over;

    /** Some of it has been taken. */
    synchronized void moved() {
      moved = System.nanoTime();
    }

    private synchronized void endIfSlow() {
      // Under the lock: the thread must not be at another answer when the interrupt comes.
      if (!over && System.nanoTime() - moved > stall.toNanos()) {
        over = true;
        thread.interrupt();
      }
    }

    @Override
    public void close() {
      all.remove(this);
      synchronized (this) {
        over = true;
      }
    }
  }

  /** The calling thread begins to send; it closes what it gets when it has ended. */
  Sending begin() {
    Sending sending = new Sending();
    all.add(sending);
    return sending;
  }

  private void watch() {
    Duration pause = stall.dividedBy(4).plusMillis(1);
    try {
      while (true) {
        Thread.sleep(pause);
        all.forEach(Sending::endIfSlow);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
