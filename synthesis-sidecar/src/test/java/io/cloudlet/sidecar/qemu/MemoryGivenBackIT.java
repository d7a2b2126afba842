package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.DirectKernel;
import io.cloudlet.sidecar.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Linux guest gives memory back while it runs over a file that others map too. */
class MemoryGivenBackIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private GuestImage guest;
  private QemuBinary qemu;
  private Machine machine;

  @BeforeEach
  void prepare() throws IOException {
    guest = SmallGuest.build(SmallGuest.defaultCache(), step -> {});
    qemu = QemuBinary.detect();
    machine =
        new Machine(
            Machine.LAYOUT,
            qemu.version().machineType(),
            "qemu64",
            1,
            guest.memoryBytes(),
            Accelerator.TCG,
            List.of(),
            new DirectKernel(true, guest.append()),
            true);
  }

  @Test
  void theFileStaysWholeAndThePagesReadAsTheFilesAgain() throws Exception {
    SavedState base = bootAndSave();
    Path memory = folder.resolve("memory");
    base.writeMainMemory(memory);
    Digest before = Digest.sha256(Files.readAllBytes(memory));
    try (TestVm vm = TestVm.start(files("resumed"), command(memory, true))) {
      vm.load().load(out -> base.writeTo(out, base.mainBlock()));
      vm.qmp.execute("cont");
      Balloon balloon = new Balloon(vm.qmp);
      long free = balloon.free(LIMIT).orElseThrow();
      long target = machine.memoryBytes() - free / 2;

      assertThat(balloon.squeeze(target, LIMIT)).isBetween(target, target + Page.SIZE);

      assertThat(Digest.sha256(Files.readAllBytes(memory))).isEqualTo(before);
      SavedState squeezed = new SavedState();
      try (PausedVm _ = PausedVm.pause(vm.qmp)) {
        vm.save().save(squeezed);
      }
      // Had the pages been zeroed, at least as many as the guest gave away would differ.
      long given = (machine.memoryBytes() - target) >> 12;
      assertThat(squeezed.differentPages(base)).isPositive().isLessThan(given / 2);
      balloon.release(machine.memoryBytes());
      new Poll("the guest did not take its memory back", LIMIT)
          .until(() -> balloon.actual() == machine.memoryBytes());
    }
  }

  private SavedState bootAndSave() throws Exception {
    SavedState state = new SavedState();
    try (TestVm vm = TestVm.start(files("base"), command(null, false))) {
      new Poll("the guest did not boot", LIMIT)
          .until(() -> guest.ready().matcher(Files.readString(vm.files().consoleLog())).find());
      try (PausedVm _ = PausedVm.pause(vm.qmp)) {
        vm.save().save(state);
      }
    }
    return state;
  }

  private QemuCommand command(@Nullable Path memory, boolean incoming) {
    return new QemuCommand(qemu, machine, guest.kernel(), guest.initrd(), memory, incoming);
  }

  private VmFiles files(String name) throws Exception {
    VmFiles files = new VmFiles(Files.createDirectories(folder.resolve(name)));
    TestVm.qemuImg("create", "-q", "-f", "qcow2", "-F", "raw", "-b", guest.disk(), files.disk());
    return files;
  }
}
