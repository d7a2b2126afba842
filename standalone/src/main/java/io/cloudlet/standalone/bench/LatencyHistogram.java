package io.cloudlet.standalone.bench;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many observations were at most how long, cumulative, as Prometheus counts them.
 *
 * @param counts observations by upper bound in seconds
 */
record LatencyHistogram(NavigableMap<Double, Double> counts) {
  /** The histogram of a metric, over all its labels. */
  static LatencyHistogram of(PrometheusText text, String metric) {
    NavigableMap<Double, Double> counts = new TreeMap<>();
    text.sums(metric + "_bucket", sample -> sample.label("le"))
        .forEach((bound, count) -> counts.put(bound(bound), count));
    return new LatencyHistogram(counts);
  }

  private static double bound(String le) {
    return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
  }

  /** How many observations there are. */
  double total() {
    return counts.isEmpty() ? 0 : counts.lastEntry().getValue();
  }

  /**
   * The upper bound of the bucket in which a share of all observations ends.
   *
   * @param share above 0, at most 1
   * @return seconds; 0 when there are no observations
   */
  double quantile(double share) {
    double wanted = share * total();
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= wanted)
        .mapToDouble(java.util.Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }
}
