package io.cloudlet.sidecar.agent.job;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Passes on calls, but not more often than once in a time: the last call of a burst is never lost,
 * it is passed on when the time is over. Thread-safe; a call takes nanoseconds.
 */
public final class Throttle {
  private final Runnable target;
  private final Duration interval;
  private final ScheduledExecutorService clock;
  private final AtomicBoolean pending = new AtomicBoolean();

  /**
   * Before a target that returns at once.
   *
   * @param clock stays the caller's
   */
  public Throttle(Runnable target, Duration interval, ScheduledExecutorService clock) {
    this.target = target;
    this.interval = interval;
    this.clock = clock;
  }

  /** Calls the target within the time. */
  public void call() {
    if (pending.get() || !pending.compareAndSet(false, true)) {
      return;
    }
    try {
      ScheduledFuture<?> _ = clock.schedule(this::pass, interval.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      pending.set(false); // The clock has been stopped, and nobody wants to hear anything any more.
    }
  }

  private void pass() {
    pending.set(false);
    target.run();
  }
}
