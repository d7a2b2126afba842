package io.cloudlet.api.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorySizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1 KiB",
    "536870912, 512 MiB",
    "1610612736, 1.5 GiB",
    "9223372036854775807, 8 EiB"
  })
  void isWhatPeopleAskFor(long bytes, String text) {
    assertThat(MemorySize.of(bytes)).isEqualTo(text);
  }
}
