package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Timings;
import io.cloudlet.api.v1alpha1.Way;
import io.cloudlet.sidecar.node.SynthesisResult;
import io.cloudlet.sidecar.synthesis.SynthesisTimes;

/** The engine's account of a start, as the API has it. */
final class StartTimes {
  private StartTimes() {}

  static Timings of(SynthesisResult made) {
    SynthesisTimes times = made.times();
    long total = made.total().toMillis();
    if (times == null) {
      return new Timings(null, null, null, null, null, null, null, null, total, null);
    }
    return new Timings(
        times.stages().fetchMillis(),
        times.stages().verifyMillis(),
        times.stages().decodeMillis(),
        times.stages().placeMillis(),
        times.prepareMillis(),
        times.startMillis(),
        times.loadMillis(),
        times.runMillis(),
        total,
        null);
  }

  /** The same with the time until the port answered. */
  static Timings until(Timings times, long readyMillis) {
    return new Timings(
        times.fetchMillis(),
        times.verifyMillis(),
        times.decodeMillis(),
        times.placeMillis(),
        times.prepareMillis(),
        times.startMillis(),
        times.loadMillis(),
        times.runMillis(),
        times.totalMillis(),
        Math.max(0, readyMillis));
  }

  static Way wayOf(SynthesisResult made) {
    io.cloudlet.sidecar.synthesis.Way way = made.way();
    if (way == null) {
      return Way.BOOT;
    }
    return switch (way) {
      case MAPPED -> Way.MAPPED;
      case COMPOSED -> Way.COMPOSED;
      case DELTA -> Way.DELTA;
    };
  }
}
