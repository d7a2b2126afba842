package io.cloudlet.sidecar.bench;

import java.util.ArrayList;
import java.util.List;

/** The middle of several measurements of one thing. Not thread-safe. */
final class Median {
  private final List<Double> values = new ArrayList<>();

  /** Adds a measurement. */
  void add(double value) {
    values.add(value);
  }

  /** The middle one; of an even number, the mean of the two in the middle. */
  double value() {
    if (values.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
