package io.cloudlet.sidecar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResidentMemoryTest {
  @Test
  void readsTheKernelsAccount() {
    String status = "Name:\tjava\nVmRSS:\t  999999 kB\nRssAnon:\t   81920 kB\nRssFile:\t 1 kB\n";
    assertThat(ResidentMemory.anonymousBytes(status)).isEqualTo(80L << 20);
  }

  @Test
  void aProcessWithoutMemoryHasNone() {
    assertThat(ResidentMemory.anonymousBytes("Name:\tgone\nState:\tZ (zombie)\n")).isZero();
  }

  @Test
  void aProcessThatIsGoneWasNeverSeen() {
    try (ResidentMemory memory = new ResidentMemory(Integer.MAX_VALUE)) {
      assertThat(memory.peak()).isZero();
    }
  }
}
