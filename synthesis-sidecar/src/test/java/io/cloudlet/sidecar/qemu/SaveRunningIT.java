package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of a VM goes out while its guest runs, and leads to the instant of its standstill. */
class SaveRunningIT {
  private static final AtStandstill NOTHING = () -> {};

  @TempDir private Path folder;

  @Test
  void aVmGoesOnAfterItsCaptureAndElsewhereFromIt() throws Exception {
    SavedState state = new SavedState();
    List<Long> seen = new ArrayList<>();
    try (TestVm source = TestVm.boot(folder.resolve("source"))) {
      source.awaitCounter(5);
      Duration pause =
          source
              .save()
              .saveRunning(
                  state,
                  () -> {
                    assertThat(PausedVm.isRunning(source.qmp)).isFalse();
                    seen.add(source.counter());
                  });
      assertThat(pause).isPositive();
      assertThat(state.ended()).isTrue();
      assertThat(PausedVm.isRunning(source.qmp)).isTrue();
      source.awaitCounter(source.counter() + 3);
      assertIsSavedAgain(source);
    }
    long captured = seen.getFirst();
    try (TestVm target =
        TestVm.await(folder.resolve("target"), CounterGuest.machine(QemuBinary.detect()), null)) {
      target.load().load(state);
      target.qmp.execute("cont");

      target.awaitCounter(captured + 3);
      assertThat(CounterGuest.counters(target.files()).getFirst())
          .isBetween(captured, captured + 1);
    }
  }

  /** A guest that writes while it is saved, and each time from the moment on when it boots. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatIsSavedIsTheMemoryAtTheStandstill(int round) throws Exception {
    Path atStandstill = folder.resolve("standstill.raw");
    Path saved = folder.resolve("saved.raw");
    SavedState state = new SavedState();
    try (TestVm vm = WritingGuest.boot(folder.resolve("vm" + round))) {
      vm.save().saveRunning(slowly(state), () -> vm.dumpMemory(atStandstill));
    }
    state.writeMainMemory(saved);
    assertThat(Files.mismatch(saved, atStandstill)).isEqualTo(-1);
  }

  /** Takes so long that QEMU sees how fast it is, and what the guest writes meanwhile. */
  private static MigrationStreamHandler slowly(MigrationStreamHandler state) {
    return new ForwardingHandler(state) {
      private int pages;

      @Override
      public void page(int block, long offset, MemorySegment data, long at) throws IOException {
        dawdle();
        super.page(block, offset, data, at);
      }

      @Override
      public void fill(int block, long offset, byte value) throws IOException {
        dawdle();
        super.fill(block, offset, value);
      }

      private void dawdle() {
        if (++pages % 256 == 0) {
          LockSupport.parkNanos(10_000_000);
        }
      }
    };
  }

  /** QEMU holds no longer before it switches over. */
  private static void assertIsSavedAgain(TestVm vm) throws IOException {
    try (PausedVm _ = PausedVm.pause(vm.qmp)) {
      assertThat(vm.save().save(new SavedState())).isPositive();
    }
    vm.awaitCounter(vm.counter() + 3);
  }

  @Test
  void aStepThatFailsLeavesTheVmRunning() throws Exception {
    IOException broken = new IOException("no room for a layer");
    AtStandstill failing =
        () -> {
          throw broken;
        };
    try (TestVm vm = TestVm.boot(folder.resolve("vm"))) {
      vm.awaitCounter(3);
      assertThatThrownBy(() -> vm.save().saveRunning(new SavedState(), failing)).isSameAs(broken);
      assertRuns(vm);
    }
  }

  @Test
  void aHandlerThatFailsLeavesTheVmRunning() throws Exception {
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
      assertThatThrownBy(() -> vm.save().saveRunning(broken, NOTHING)).isSameAs(full);
      assertRuns(vm);
      vm.save().saveRunning(new SavedState(), NOTHING);
      assertRuns(vm);
    }
  }

  @Test
  void aPausedVmStaysPaused() throws Exception {
    try (TestVm vm = TestVm.boot(folder.resolve("vm"))) {
      vm.qmp.execute("stop");
      SavedState state = new SavedState();
      assertThat(vm.save().saveRunning(state, NOTHING)).isZero();
      assertThat(state.ended()).isTrue();
      assertThat(PausedVm.isRunning(vm.qmp)).isFalse();
    }
  }

  @Test
  void qemuThatDiesMeanwhileIsReported() throws Exception {
    try (TestVm vm = TestVm.boot(folder.resolve("vm"))) {
      assertThatThrownBy(() -> vm.save().saveRunning(new SavedState(), vm.process::kill))
          .isInstanceOf(QemuGoneException.class)
          .hasMessageContaining("qmp.sock");
    }
  }

  private static void assertRuns(TestVm vm) throws IOException {
    assertThat(PausedVm.isRunning(vm.qmp)).isTrue();
    vm.awaitCounter(vm.counter() + 3);
  }
}
