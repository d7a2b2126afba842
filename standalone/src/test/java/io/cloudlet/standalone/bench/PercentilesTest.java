package io.cloudlet.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void findsTheDurationThatAShareDoesNotExceed() {
    Percentiles hundred =
        Percentiles.ofNanos(
            LongStream.rangeClosed(1, 100).mapToObj(it -> (101 - it) * 1_000_000_000).toList());

    assertThat(hundred.at(0.5)).isEqualTo(50);
    assertThat(hundred.at(0.99)).isEqualTo(99);
    assertThat(hundred.at(1)).isEqualTo(100);
  }

  @Test
  void ofOneIsAlwaysThatOne() {
    assertThat(new Percentiles(List.of(2.0)).at(0.01)).isEqualTo(2);
  }

  @Test
  void ofNoneIsNoNumber() {
    assertThat(new Percentiles(List.of()).at(0.99)).isNaN();
  }
}
