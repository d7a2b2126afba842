package io.cloudlet.standalone.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Samples of Prometheus' text format. See
 * https://prometheus.io/docs/instrumenting/exposition_formats/.
 */
final class PrometheusText {
  /**
   * One sample.
   *
   * @param name of the metric
   * @param labels by name
   * @param value at the moment of the reading
   */
  record Sample(String name, Map<String, String> labels, double value) {
    String label(String label) {
      return labels.getOrDefault(label, "");
    }
  }

  private static final Pattern LINE =
      Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)(?:\\{(.*)})? ([^ ]+)(?: [0-9]+)?");
  private static final Pattern LABEL =
      Pattern.compile("([A-Za-z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final List<Sample> samples = new ArrayList<>();

  PrometheusText(String text) {
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(PrometheusText::sample)
        .forEach(samples::add);
  }

  private static Sample sample(Matcher line) {
    Map<String, String> labels = new HashMap<>();
    if (line.group(2) != null) {
      Matcher label = LABEL.matcher(line.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    return new Sample(line.group(1), labels, number(line.group(3)));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** The sum of a metric over all samples that are wanted. */
  double sum(String name, Predicate<Sample> wanted) {
    return samples.stream()
        .filter(sample -> sample.name.equals(name))
        .filter(wanted)
        .mapToDouble(Sample::value)
        .sum();
  }

  /** Sums of a metric by whatever tells its samples apart. */
  Map<String, Double> sums(String name, java.util.function.Function<Sample, String> key) {
    Map<String, Double> sums = new HashMap<>();
    for (Sample sample : samples) {
      if (sample.name.equals(name)) {
        sums.merge(key.apply(sample), sample.value, Double::sum);
      }
    }
    return sums;
  }
}
