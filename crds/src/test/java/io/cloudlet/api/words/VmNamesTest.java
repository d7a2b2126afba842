package io.cloudlet.api.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VmNamesTest {
  private static final String UID = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

  @Test
  void areTheNameAndTheBeginningOfTheUid() {
    assertThat(VmNames.of("web", UID)).isEqualTo("web-0a1b2c3d");
  }

  @Test
  void areNeverLongerThanTheNameOfAHost() {
    assertThat(VmNames.of("a".repeat(63), UID)).isEqualTo("a".repeat(54) + "-0a1b2c3d");
  }
}
