package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.Machine;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real VM's state goes out, through reader and writer, and into another QEMU. */
class SaveAndLoadIT {
  @TempDir private Path folder;

  @Test
  void aVmGoesOnAfterItsCaptureAndElsewhereFromIt() throws Exception {
    SavedState state = new SavedState();
    try (TestVm source = bootAndSave(state)) {
      long captured = source.counter();
      source.awaitCounter(captured + 3);
      Machine machine = CounterGuest.machine(QemuBinary.detect());
      try (TestVm target = TestVm.await(folder.resolve("target"), machine, null)) {
        target.load().load(state);
        target.qmp.execute("cont");

        target.awaitCounter(captured + 3);
        assertGoesOnFrom(captured, target);
      }
    }
    assertThat(state.blocks()).extracting(RamBlock::name).contains("pc.ram", "pc.bios");
    // From QEMU 10 on the device state begins with the command that starts the switchover.
    byte[] command = {8, 0, 11, 0, 0};
    boolean commands = Arrays.equals(Arrays.copyOf(state.deviceState(), 5), command);
    assertThat(commands).isEqualTo(QemuBinary.detect().version().atLeast(10, 0));
  }

  @Test
  void aVmGoesOnOverAPrivateMappingOfItsMemory() throws Exception {
    SavedState state = new SavedState();
    long captured;
    try (TestVm source = bootAndSave(state)) {
      captured = source.counter();
    }
    Path memory = folder.resolve("pc, ram"); // A comma has to reach QEMU whole.
    state.writeMainMemory(memory);
    Digest before = Digest.sha256(Files.readAllBytes(memory));
    Machine machine = CounterGuest.machine(QemuBinary.detect());
    try (TestVm target = TestVm.await(folder.resolve("target"), machine, memory)) {
      target.load().load(out -> state.writeTo(out, state.mainBlock()));
      target.qmp.execute("cont");

      target.awaitCounter(captured + 3);
      assertGoesOnFrom(captured, target);
    }
    assertThat(Digest.sha256(Files.readAllBytes(memory))).isEqualTo(before);
  }

  @Test
  void aFailedCaptureLeavesTheVmRunning() throws Exception {
    IOException full = new IOException("disk full");
    MigrationStreamHandler broken =
        new ForwardingHandler(new SavedState()) {
          @Override
          public void page(int block, long offset, MemorySegment data, long at) throws IOException {
            throw full;
          }
        };
    try (TestVm vm = TestVm.boot(folder.resolve("vm"))) {
      vm.awaitCounter(3);
      try (PausedVm _ = PausedVm.pause(vm.qmp)) {
        assertThatThrownBy(() -> vm.save().save(broken)).isSameAs(full);
        assertThat(PausedVm.isRunning(vm.qmp)).isFalse();
      }
      vm.awaitCounter(vm.counter() + 3);

      SavedState state = new SavedState();
      try (PausedVm _ = PausedVm.pause(vm.qmp)) {
        assertThat(vm.save().save(state)).isPositive();
      }
      assertThat(state.ended()).isTrue();
      assertThat(PausedVm.isRunning(vm.qmp)).isTrue();
    }
  }

  @Test
  void aPausedVmStaysPausedAfterItsCapture() throws Exception {
    try (TestVm vm = TestVm.boot(folder.resolve("vm"))) {
      vm.qmp.execute("stop");
      try (PausedVm _ = PausedVm.pause(vm.qmp)) {
        assertThat(vm.save().save(new SavedState())).isPositive();
      }
      assertThat(PausedVm.isRunning(vm.qmp)).isFalse();
    }
  }

  @Test
  void qemuThatDiesMeanwhileIsReported() throws Exception {
    try (TestVm vm = TestVm.boot(folder.resolve("vm"))) {
      vm.qmp.execute("stop");
      MigrationStreamHandler killer =
          new ForwardingHandler(new RecordedStream()) {
            @Override
            public void ramBlocks(List<RamBlock> blocks) throws IOException {
              vm.process.kill();
            }
          };
      assertThatThrownBy(() -> vm.save().save(killer))
          .isInstanceOf(QemuGoneException.class)
          .hasMessageContaining("qmp.sock");
    }
  }

  @Test
  void qemuTellsWhyItRefusesAState() throws Exception {
    SavedState state = new SavedState();
    bootAndSave(state).close();
    QemuBinary qemu = QemuBinary.detect();
    Machine bigger =
        new Machine(
            Machine.LAYOUT,
            qemu.version().machineType(),
            "qemu64",
            1,
            2 * CounterGuest.MEMORY,
            Accelerator.TCG,
            List.of(),
            null,
            true);
    try (TestVm target = TestVm.await(folder.resolve("target"), bigger, null)) {
      assertThatThrownBy(() -> target.load().load(state))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("did not load the VM's state")
          .hasMessageContaining("pc.ram");
    }
  }

  private TestVm bootAndSave(SavedState state) throws IOException, InterruptedException {
    TestVm vm = TestVm.boot(folder.resolve("source"));
    vm.awaitCounter(5);
    try (PausedVm _ = PausedVm.pause(vm.qmp)) {
      vm.save().save(state);
    }
    assertThat(state.ended()).isTrue();
    return vm;
  }

  private static void assertGoesOnFrom(long captured, TestVm target) throws IOException {
    // The capture fell between two numbers, or into the middle of one that the source then printed.
    List<Long> numbers = CounterGuest.counters(target.files());
    assertThat(numbers.getFirst()).isGreaterThan(0).isLessThanOrEqualTo(captured + 1);
    assertThat(numbers.getLast()).isGreaterThanOrEqualTo(captured + 3);
  }
}
