package io.cloudlet.sidecar.node;

import java.time.Duration;

/** A time has passed. */
final class DelayReadiness implements Readiness {
  private final Duration delay;
  private final long end;

  /** Counts from now. */
  DelayReadiness(Duration delay) {
    this.delay = delay;
    this.end = System.nanoTime() + delay.toNanos();
  }

  @Override
  public boolean isThere() {
    return System.nanoTime() - end >= 0;
  }

  @Override
  public String describe() {
    return delay.toSeconds() + " s to pass";
  }
}
