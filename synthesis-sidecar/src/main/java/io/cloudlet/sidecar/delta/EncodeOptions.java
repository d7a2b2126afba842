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
  /** Checks the number of threads. */
  public EncodeOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread has to compress: " + threads);
    }
  }

  /** As many cores as the memory of an agent allows, and the present time. */
  public static EncodeOptions of(Effort effort) {
    int threads = Math.min(mostThreads(effort), Runtime.getRuntime().availableProcessors());
    return new EncodeOptions(effort, threads, Instant.now());
  }

  /** A thread holds segments and the tables of its encoder: about 25, 30 and 50 MB. */
  private static int mostThreads(Effort effort) {
    return switch (effort) {
      case FAST -> 6;
      case BALANCED -> 4;
      case BEST -> 2;
    };
  }
}
