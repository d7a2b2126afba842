package io.cloudlet.sidecar.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.vm.VmMemory;
import org.junit.jupiter.api.Test;

class PodLayoutTest {
  /** The operator asks for so much memory that this much fits. */
  @Test
  void keepsAsMuchTranslatedCodeAsItsPodHasRoomFor() {
    assertThat(PodLayout.TRANSLATION_MIB).isEqualTo(VmMemory.TRANSLATION_BUFFER_MIB);
  }
}
