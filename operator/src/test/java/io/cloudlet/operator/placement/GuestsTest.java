package io.cloudlet.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.MachineStatus;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.api.vm.VmMemory;
import org.junit.jupiter.api.Test;

class GuestsTest {
  private static final MachineStatus MACHINE =
      new MachineStatus("pc-q35-7.2", "qemu64", 2, 1L << 30, Accelerator.TCG);
  private static final VmPod POD = new VmPod("web-1", "1", null, VmPodPhase.RUNNING, null, null);

  private static long bytes(SynthesisStatusBuilder status) {
    Synthesis synthesis = new Synthesis();
    synthesis.setStatus(status.machine(MACHINE).build());
    return Guests.bytes(synthesis);
  }

  @Test
  void aProcessCountsAsItsGuestAndAPodAsWhatItAsksFor() {
    assertThat(bytes(new SynthesisStatusBuilder())).isEqualTo(1L << 30);
    assertThat(bytes(new SynthesisStatusBuilder().pod(POD)))
        .isEqualTo(VmMemory.totalBytes(MACHINE))
        .isGreaterThan(1L << 30);
  }

  @Test
  void whatHasEndedTakesNothing() {
    assertThat(bytes(new SynthesisStatusBuilder().pod(POD).phase(SynthesisPhase.STOPPED))).isZero();
    assertThat(bytes(new SynthesisStatusBuilder().phase(SynthesisPhase.FAILED))).isZero();
  }
}
