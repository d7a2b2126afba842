package io.cloudlet.api.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.MachineStatus;
import org.junit.jupiter.api.Test;

class VmMemoryTest {
  private static final long MIB = 1L << 20;

  @Test
  void countsTranslatedCodeWhereThereIsAny() {
    assertThat(overheadMib(Accelerator.KVM, 1, 1024)).isEqualTo(128 + 8 + 4);
    assertThat(overheadMib(Accelerator.TCG, 1, 1024)).isEqualTo(128 + 8 + 4 + 128);
  }

  @Test
  void growsWithCpusAndMemory() {
    assertThat(overheadMib(Accelerator.KVM, 4, 65536)).isEqualTo(128 + 32 + 256);
    assertThat(overheadMib(Accelerator.KVM, 1, 1)).isEqualTo(128 + 8 + 1);
  }

  /** What was measured fits, with room to spare. */
  @Test
  void isMoreThanWhatWasMeasured() {
    assertThat(overheadMib(Accelerator.TCG, 2, 1024)).isBetween(206L + 50, 2 * 206L);
  }

  private static long overheadMib(Accelerator accelerator, int cpus, long memoryMib) {
    MachineStatus machine =
        new MachineStatus("pc-q35-7.2", "qemu64", cpus, memoryMib * MIB, accelerator);
    long overhead = VmMemory.overheadBytes(machine);
    assertThat(VmMemory.totalBytes(machine)).isEqualTo(memoryMib * MIB + overhead);
    assertThat(overhead % MIB).isZero();
    return overhead / MIB;
  }
}
