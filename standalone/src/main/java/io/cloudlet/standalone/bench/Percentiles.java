package io.cloudlet.standalone.bench;

import java.util.Collection;
import java.util.List;

/**
 * Durations in order.
 *
 * @param sorted in seconds, the shortest first
 */
record Percentiles(List<Double> sorted) {
  /** Sorts. */
  Percentiles {
    sorted = sorted.stream().sorted().toList();
  }

  /** Of nanoseconds. */
  static Percentiles ofNanos(Collection<Long> nanos) {
    return new Percentiles(nanos.stream().map(one -> one / 1e9).toList());
  }

  /** The smallest duration that this share of all does not exceed; NaN when there are none. */
  double at(double share) {
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, index));
  }
}
