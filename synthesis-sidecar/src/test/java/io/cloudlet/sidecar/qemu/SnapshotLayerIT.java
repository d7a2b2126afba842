package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotLayerIT {
  @TempDir private Path folder;

  @Test
  void theDiskStandsStillWhileTheGuestRunsOn() throws Exception {
    try (TestVm vm = TestVm.boot(folder.resolve("vm"))) {
      vm.awaitCounter(5);
      freeze(vm);
      assertThat(vm.layer().isActive()).isTrue();
      Digest frozen = digest(vm.files().disk());
      vm.awaitCounter(vm.counter() + 5);
      assertThat(digest(vm.files().disk())).isEqualTo(frozen);

      vm.layer().remove();

      assertThat(vm.layer().isActive()).isFalse();
      assertThat(vm.files().layer()).doesNotExist();
      assertThat(digest(vm.files().disk())).isNotEqualTo(frozen);
      vm.awaitCounter(vm.counter() + 5);
      assertDiskHoldsWhatWasCounted(vm);
    }
  }

  @Test
  void aLaterProcessWritesTheLayerBack() throws Exception {
    try (TestVm vm = TestVm.boot(folder.resolve("vm"))) {
      vm.awaitCounter(5);
      freeze(vm);
      try (PausedVm _ = PausedVm.pause(vm.qmp)) {
        vm.save().save(new SavedState());
      }
      vm.awaitCounter(vm.counter() + 3);
      vm.qmp.close();
      try (QmpClient other = QmpClient.connect(vm.files().qmp(), TestVm.LIMIT)) {
        SnapshotLayer layer = new SnapshotLayer(other, vm.process.handle(), TestVm.LIMIT);
        layer.prepare();
        try (PausedVm _ = PausedVm.pause(other)) {
          layer.freeze();
        }
        layer.remove();
        layer.remove();
        assertThat(layer.isActive()).isFalse();
      }
      assertDiskHoldsWhatWasCounted(vm);
    }
  }

  private static void freeze(TestVm vm) throws IOException {
    vm.layer().prepare();
    try (PausedVm _ = PausedVm.pause(vm.qmp)) {
      vm.layer().freeze();
    }
  }

  /** After QEMU has gone: the guest wrote each number to a sector of its own. */
  private void assertDiskHoldsWhatWasCounted(TestVm vm) throws Exception {
    long last = vm.counter();
    vm.qmp.close();
    vm.process.stop(TestVm.LIMIT);
    TestVm.qemuImg("check", "-q", vm.files().disk());
    Path flat = folder.resolve("flat.raw");
    TestVm.qemuImg("convert", "-O", "raw", vm.files().disk(), flat);
    byte[] content = Files.readAllBytes(flat);
    for (long number = 1; number < last; number++) {
      int sector = (int) (64 + (number & 0xfff)) * 512;
      assertThat((content[sector] & 0xff) | ((content[sector + 1] & 0xff) << 8))
          .isEqualTo((int) (number & 0xffff));
    }
  }

  private static Digest digest(Path file) throws IOException {
    return Digest.sha256(Files.readAllBytes(file));
  }
}
