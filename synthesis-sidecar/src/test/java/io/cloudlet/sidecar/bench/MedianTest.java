package io.cloudlet.sidecar.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class MedianTest {
  private static double of(double... values) {
    Median median = new Median();
    for (double value : values) {
      median.add(value);
    }
    return median.value();
  }

  @Test
  void isTheMiddleOfTheSortedValues() {
    assertThat(of(9, 1, 5)).isEqualTo(5);
    assertThat(of(4, 1, 9, 2)).isEqualTo(3);
    assertThat(of(7)).isEqualTo(7);
  }

  @Test
  void refusesToBeNothing() {
    assertThatIllegalStateException().isThrownBy(() -> of());
  }
}
