package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AmountTest {
  @Test
  void sizesHaveThreeDigits() {
    assertThat(Amount.bytes(0)).isEqualTo("0 B");
    assertThat(Amount.bytes(999)).isEqualTo("999 B");
    assertThat(Amount.bytes(1_000)).isEqualTo("1.00 kB");
    assertThat(Amount.bytes(999_499)).isEqualTo("999 kB");
    assertThat(Amount.bytes(999_500)).isEqualTo("1.00 MB");
    assertThat(Amount.bytes(99_960_000)).isEqualTo("100 MB");
    assertThat(Amount.bytes(1L << 30)).isEqualTo("1.07 GB");
  }

  @Test
  void timesFitTheirSize() {
    assertThat(Amount.time(Duration.ofMillis(85))).isEqualTo("85 ms");
    assertThat(Amount.time(Duration.ofMillis(4_210))).isEqualTo("4.2 s");
    assertThat(Amount.time(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
  }
}
