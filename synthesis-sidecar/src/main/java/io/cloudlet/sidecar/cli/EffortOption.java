package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.overlay.Effort;
import picocli.CommandLine.Option;

/** How much time an overlay may take to be small. */
final class EffortOption {
  @Option(
      names = "--effort",
      paramLabel = "EFFORT",
      defaultValue = "balanced",
      description = "fast, balanced or best: time for size; ${DEFAULT-VALUE}.")
  private Effort effort;

  Effort value() {
    return effort;
  }
}
