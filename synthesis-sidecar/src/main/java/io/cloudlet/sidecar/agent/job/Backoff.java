package io.cloudlet.sidecar.agent.job;

import java.time.Duration;

/**
 * How long to wait before another try: twice as long after each failure.
 *
 * @param first after the first failure
 * @param longest bound
 */
public record Backoff(Duration first, Duration longest) {
  private static final int MAX_SHIFT = 30;

  /** The wait after so many failures in a row. */
  public Duration after(int failures) {
    Duration wait = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, MAX_SHIFT));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
