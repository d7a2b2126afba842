package io.cloudlet.sidecar.bench;

import java.nio.file.Path;

/**
 * What to measure.
 *
 * @param cache folder that keeps guests and the state that is measured on
 * @param runs how often the fast measurements are repeated; the median counts
 * @param slowPeers whether to run, once, the tools that take minutes
 * @param largeGuest whether to measure the memory of a capture with a guest of 4 GiB as well
 */
public record BenchOptions(Path cache, int runs, boolean slowPeers, boolean largeGuest) {
  /** Checks the number of runs. */
  public BenchOptions {
    if (runs < 1) {
      throw new IllegalArgumentException("at least one run is needed: " + runs);
    }
  }
}
