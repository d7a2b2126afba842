package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A counting VM with a QMP client; killed on close. */
final class TestVm implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(30);

  final QemuProcess process;
  final QmpClient qmp;

  private TestVm(QemuProcess process) throws IOException {
    this.process = process;
    this.qmp = QmpClient.connect(process.files().qmp(), LIMIT);
  }

  /** Boots over a new base disk. */
  static TestVm boot(Path folder) throws IOException, InterruptedException {
    QemuBinary qemu = QemuBinary.detect();
    return start(files(folder), command(qemu, CounterGuest.machine(qemu), null, false));
  }

  /** Waits for a stream. */
  static TestVm await(Path folder, Machine machine, @Nullable Path memoryFile)
      throws IOException, InterruptedException {
    return start(files(folder), command(QemuBinary.detect(), machine, memoryFile, true));
  }

  static TestVm start(VmFiles files, QemuCommand command) throws IOException {
    return new TestVm(new QemuLauncher().start(command, files, LIMIT));
  }

  static QemuCommand command(
      QemuBinary qemu, Machine machine, @Nullable Path memoryFile, boolean incoming) {
    return new QemuCommand(qemu, machine, null, null, memoryFile, incoming);
  }

  /** A folder with an empty qcow2 over a base disk. */
  static VmFiles files(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    return Files.exists(new VmFiles(folder).disk())
        ? new VmFiles(folder)
        : files(folder, CounterGuest.writeBaseDisk(folder.resolve("base.raw")));
  }

  /** A folder with an empty qcow2 over a given base disk. */
  static VmFiles files(Path folder, Path base) throws IOException, InterruptedException {
    VmFiles files = new VmFiles(folder);
    if (!Files.exists(files.disk())) {
      qemuImg("create", "-q", "-f", "qcow2", "-F", "raw", "-b", base.toString(), files.disk());
    }
    return files;
  }

  static void qemuImg(Object... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("qemu-img");
    for (Object argument : arguments) {
      builder.command().add(argument.toString());
    }
    Process process = builder.inheritIO().start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("failed: " + builder.command());
    }
  }

  VmFiles files() {
    return process.files();
  }

  MemorySave save() {
    return new MemorySave(qmp, process.handle(), LIMIT);
  }

  MemoryLoad load() {
    return new MemoryLoad(qmp, process.handle(), LIMIT);
  }

  SnapshotLayer layer() {
    return new SnapshotLayer(qmp, process.handle(), LIMIT);
  }

  /** Main memory as it is now, into a file that QEMU writes. */
  void dumpMemory(Path file) throws IOException {
    qmp.execute(
        "pmemsave", Map.of("val", 0, "size", CounterGuest.MEMORY, "filename", file.toString()));
  }

  long counter() throws IOException {
    return CounterGuest.counter(files());
  }

  void awaitCounter(long value) throws IOException {
    CounterGuest.awaitCounter(files(), value);
  }

  @Override
  public void close() throws IOException {
    qmp.close();
    process.kill();
  }
}
