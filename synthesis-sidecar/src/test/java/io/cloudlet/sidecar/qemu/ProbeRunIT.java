package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.guest.SmallGuest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The guest of the probe itself is sound: the translator runs it everywhere. */
class ProbeRunIT {
  @Test
  void theLoopComesThroughUnderTheTranslator() throws IOException {
    assertThat(new ProbeRun(QemuBinary.detect(), "tcg").loop(Duration.ofSeconds(60))).isEmpty();
  }

  @Test
  void aKernelComesThroughUnderTheTranslator() throws IOException {
    Path kernel = SmallGuest.build(SmallGuest.defaultCache(), step -> {}).kernel();

    assertThat(new ProbeRun(QemuBinary.detect(), "tcg").kernel(kernel, Duration.ofMinutes(2)))
        .isEmpty();
  }

  @Test
  void anUnknownAcceleratorIsNamed() throws IOException {
    assertThat(new ProbeRun(QemuBinary.detect(), "none").loop(Duration.ofSeconds(60)))
        .contains("none");
  }
}
