package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.overlay.Effort;
import java.time.Instant;

/**
 * How an overlay is made.
 *
 * @param effort how much time its size is worth
 * @param threads that compress, at least 1; each needs native memory for a segment
 * @param created the time that the manifest names
 */
public record EncodeOptions(Effort effort, int threads, Instant created) {
  /** More threads would hold more memory than an agent is allowed. */
  private static final int MOST_THREADS = 8;

  /** Checks the number of threads. */
  public EncodeOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread has to compress: " + threads);
    }
  }

  /** All cores, up to eight, and the present time. */
  public static EncodeOptions of(Effort effort) {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    return new EncodeOptions(effort, threads, Instant.now());
  }
}
