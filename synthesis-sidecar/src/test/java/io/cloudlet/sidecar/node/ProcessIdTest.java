package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessIdTest {
  @Test
  void knowsALivingProcessFromADeadOne() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessId id = ProcessId.of(process.pid()).orElseThrow();
    assertThat(id.isAlive()).isTrue();
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(id.isAlive()).isFalse();
  }

  @Test
  void isNotFooledByANumberThatWasGivenAgain() {
    ProcessId self = ProcessId.self();
    assertThat(self.isAlive()).isTrue();
    assertThat(new ProcessId(self.pid(), self.startTicks() - 1, self.boot()).isAlive()).isFalse();
    assertThat(new ProcessId(self.pid(), self.startTicks(), "another boot").isAlive()).isFalse();
  }

  @Test
  void readsWhatItWrites() {
    ProcessId self = ProcessId.self();
    assertThat(ProcessId.parse(self.toString())).isEqualTo(self);
    assertThatThrownBy(() -> ProcessId.parse("17"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("17");
  }
}
