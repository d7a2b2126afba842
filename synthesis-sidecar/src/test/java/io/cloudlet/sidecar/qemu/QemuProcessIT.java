package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QemuProcessIT {
  @TempDir private Path folder;

  @Test
  void startsIsFoundAndStops() throws Exception {
    try (TestVm vm = TestVm.boot(folder.resolve("x".repeat(120)))) {
      assertThat(QemuProcess.find(vm.files()).orElseThrow().pid()).isEqualTo(vm.process.pid());
      assertThat(Files.readString(Path.of("/proc/" + vm.process.pid() + "/stat")).split(" ", -1)[5])
          .as("session")
          .isEqualTo(Long.toString(vm.process.pid()));
      vm.awaitCounter(1);
      vm.qmp.close();

      vm.process.stop(TestVm.LIMIT);

      assertThat(vm.process.process().isAlive()).isFalse();
      assertThat(QemuProcess.find(vm.files())).isEmpty();
    }
  }

  @Test
  void stopsByForceWhenQemuDoesNotAnswer() throws Exception {
    try (TestVm vm = TestVm.boot(folder.resolve("vm"))) {
      // The one client that QEMU serves at a time is the test's.
      vm.process.stop(Duration.ofMillis(100));

      assertThat(vm.process.process().isAlive()).isFalse();
      assertThat(QemuProcess.find(vm.files())).isEmpty();
    }
  }

  @Test
  void takesNoOtherProcessForItsOwn() throws Exception {
    VmFiles files = new VmFiles(folder);
    assertThat(QemuProcess.find(files)).isEmpty();
    Files.writeString(files.pid(), ProcessHandle.current().pid() + "\n");
    assertThat(QemuProcess.find(files)).isEmpty();
    Files.writeString(files.pid(), "no number");
    assertThat(QemuProcess.find(files)).isEmpty();
  }

  @Test
  void showsWhyQemuDoesNotStart() throws Exception {
    QemuBinary qemu = QemuBinary.detect();
    Machine unknown =
        new Machine(
            Machine.LAYOUT,
            "pc-q35-99.0",
            "qemu64",
            1,
            CounterGuest.MEMORY,
            Accelerator.TCG,
            List.of(),
            null,
            true);
    VmFiles files = TestVm.files(folder.resolve("vm"));

    assertThatThrownBy(() -> TestVm.start(files, TestVm.command(qemu, unknown, null, false)))
        .isInstanceOf(QemuStartException.class)
        .hasMessageContaining("unsupported machine type")
        .hasMessageContaining("QEMU did not start: ");
  }

  @Test
  void saysThatQemuIsMissing() {
    assertThatThrownBy(() -> QemuBinary.detect("/nonexistent/qemu"))
        .isInstanceOf(CloudletException.class)
        .hasMessageContaining("let CLOUDLET_QEMU name");
    assertThatThrownBy(() -> QemuBinary.detect("true")).hasMessageContaining("is no QEMU");
  }
}
