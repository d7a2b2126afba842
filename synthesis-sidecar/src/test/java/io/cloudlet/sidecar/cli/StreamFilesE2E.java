package io.cloudlet.sidecar.cli;

import static io.cloudlet.sidecar.cli.CounterNode.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.qemu.CounterGuest;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuCommand;
import io.cloudlet.sidecar.qemu.QemuLauncher;
import io.cloudlet.sidecar.qemu.QemuProcess;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code overlay diff} and {@code overlay apply} on files that QEMU itself has written. */
class StreamFilesE2E {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void areInversesOfEachOtherBitForBit() throws Exception {
    Path base = CounterGuest.writeBaseDisk(folder.resolve("base.raw"));
    VmFiles vm = new VmFiles(Files.createDirectory(folder.resolve("vm")));
    qemuImg("create", "-q", "-f", "qcow2", "-F", "raw", "-b", base, vm.disk());
    writeStreams(vm);
    Path overlay = folder.resolve("change.overlay");
    succeed(
        run(
            "overlay",
            "diff",
            option("--base-disk", base),
            option("--disk", vm.disk()),
            option("--base-memory", folder.resolve("base.stream")),
            option("--memory", folder.resolve("changed.stream")),
            option("--file", overlay)));
    Path disk = folder.resolve("disk.raw");
    Path memory = folder.resolve("memory.stream");
    succeed(apply(overlay, base, "base.stream", disk, memory));
    assertThat(Files.mismatch(memory, folder.resolve("changed.stream"))).isEqualTo(-1);
    Path expected = folder.resolve("expected.raw");
    qemuImg("convert", "-f", "qcow2", "-O", "raw", vm.disk(), expected);
    assertThat(Files.mismatch(disk, expected)).isEqualTo(-1);
    assertThat(Files.size(overlay)).isLessThan(Files.size(memory));
    assertRefusesOtherBases(overlay, base, expected);
  }

  private void assertRefusesOtherBases(Path overlay, Path base, Path other) {
    Path disk = folder.resolve("other.raw");
    Path memory = folder.resolve("other.stream");
    CommandLineRun wrongDisk = apply(overlay, other, "base.stream", disk, memory);
    assertThat(wrongDisk.code()).as(wrongDisk.messages()).isEqualTo(1);
    assertThat(wrongDisk.messages()).contains("was made for another base than " + other);
    CommandLineRun wrongMemory = apply(overlay, base, "changed.stream", disk, memory);
    assertThat(wrongMemory.code()).as(wrongMemory.messages()).isEqualTo(1);
    assertThat(wrongMemory.messages()).contains("another base than", "changed.stream");
    assertThat(disk).doesNotExist();
    assertThat(memory).doesNotExist();
    assertThat(folder.resolve("data").resolve("tmp")).isEmptyDirectory();
  }

  private CommandLineRun apply(
      Path overlay, Path baseDisk, String baseMemory, Path disk, Path memory) {
    return run(
        "overlay",
        "apply",
        overlay.toString(),
        option("--base-disk", baseDisk),
        option("--base-memory", folder.resolve(baseMemory)),
        option("--disk", disk),
        option("--memory", memory));
  }

  /** QEMU's filter of system calls would keep it from running cat. */
  private void writeStreams(VmFiles vm) throws IOException {
    QemuBinary found = QemuBinary.detect();
    QemuBinary qemu = new QemuBinary(found.command(), found.version(), false);
    Machine machine =
        new Machine(
            Machine.LAYOUT,
            qemu.version().machineType(),
            "qemu64",
            1,
            64L << 20,
            Accelerator.TCG,
            List.of(),
            null,
            true);
    QemuCommand command = new QemuCommand(qemu, machine, null, null, null, false);
    QemuProcess process = new QemuLauncher().start(command, vm, LIMIT);
    try (QmpClient qmp = QmpClient.connect(vm.qmp(), LIMIT)) {
      write(qmp, vm, "base.stream");
      write(qmp, vm, "changed.stream");
    } finally {
      process.stop(LIMIT);
    }
  }

  private void write(QmpClient qmp, VmFiles vm, String name) throws IOException {
    qmp.execute("cont");
    CounterGuest.awaitCounter(vm, CounterGuest.counter(vm) + 20);
    qmp.execute("stop");
    qmp.execute("migrate", Map.of("uri", "exec:cat > " + folder.resolve(name)));
    String status = "";
    while (!status.equals("completed")) {
      assertThat(status).isNotIn("failed", "cancelled");
      status = qmp.execute("query-migrate").path("status").asText();
    }
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.of(folder.resolve("data"), arguments);
  }

  private static String option(String name, Path value) {
    return name + "=" + value;
  }

  private static void qemuImg(Object... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("qemu-img");
    for (Object argument : arguments) {
      builder.command().add(argument.toString());
    }
    assertThat(builder.inheritIO().start().waitFor()).isZero();
  }
}
