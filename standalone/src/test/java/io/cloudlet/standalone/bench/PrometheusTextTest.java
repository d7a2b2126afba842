package io.cloudlet.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

/** Figures are what the text says, and nothing else in it is a figure. */
class PrometheusTextTest {
  private static final String TEXT =
      """
      # HELP requests_total How many; # TYPE is below.
      # TYPE requests_total counter
      requests_total{verb="GET",path="/a,b{\\"c\\"}"} 3
      requests_total{verb="PUT",path="/"} 4 1700000000000
      requests_total 1e1
      latency_bucket{le="0.1"} 90
      latency_bucket{le="1.0"} 99
      latency_bucket{le="+Inf"} 100
      odd{le="x" 7
      """;

  private final PrometheusText text = new PrometheusText(TEXT);

  @Test
  void sumsWhatIsWanted() {
    assertThat(text.sum("requests_total", sample -> true)).isEqualTo(17);
    assertThat(text.sum("requests_total", sample -> sample.label("verb").equals("GET")))
        .isEqualTo(3);
    assertThat(text.sum("none", sample -> true)).isZero();
    assertThat(text.sum("odd", sample -> true)).isZero();
  }

  @Test
  void tellsApartByLabels() {
    assertThat(text.sums("requests_total", sample -> sample.label("verb")))
        .containsOnly(entry("GET", 3.0), entry("PUT", 4.0), entry("", 10.0));
  }

  @Test
  void findsTheBucketInWhichAShareEnds() {
    LatencyHistogram all = LatencyHistogram.of(text, "latency");

    assertThat(all.total()).isEqualTo(100);
    assertThat(all.quantile(0.5)).isEqualTo(0.1);
    assertThat(all.quantile(0.99)).isEqualTo(1.0);
    assertThat(all.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(LatencyHistogram.of(text, "none").total()).isZero();
  }
}
