package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.qemu.CounterGuest;
import io.cloudlet.sidecar.qemu.PausedVm;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that captures a VM, also while the guest stands still for it. */
class CaptureCrashIT {
  private static final VmName VM = new VmName("counter");

  @TempDir private Path folder;

  /** What is killed: it never gets past the beginning of a stage. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      Progress lingering =
          (what, _) -> {
            System.out.println(what);
            if (what.equals(arguments[1])) {
              LockSupport.parkNanos(Duration.ofMinutes(5).toNanos());
            }
            return Progress.Stage.SILENT;
          };
      capture(Path.of(arguments[0]), lingering);
    }
  }

  private static CaptureResult capture(Path root, Progress progress) throws IOException {
    Path target = Files.createDirectories(root.resolveSibling("overlays")).resolve("overlay");
    return new CaptureOverlay(DataDirectory.open(root, "capture"), progress)
        .run(new CaptureRequest(VM, target, Effort.FAST, AfterCapture.CONTINUE, false, false));
  }

  @AfterEach
  void endVm() throws IOException {
    new VmLifecycle(data()).remove(VM, true);
  }

  @Test
  void theNextCommandUndoesWhateverItHasDone() throws Exception {
    VmFiles files = start();
    for (String stage : List.of("reading memory", "pausing the guest", "deduplicating")) {
      kill(stage, files);

      assertThat(Leftovers.clear(data())).anyMatch(done -> done.contains("undid a capture"));
      assertThat(files.layer()).doesNotExist();
      assertThat(folder.resolve("overlays")).isEmptyDirectory();
      CounterGuest.awaitCounter(files, CounterGuest.counter(files) + 3);
    }
    assertThat(capture(folder.resolve("data"), Progress.SILENT).pause()).isPositive();
    CounterGuest.awaitCounter(files, CounterGuest.counter(files) + 3);
  }

  private VmFiles start() throws IOException {
    QemuBinary qemu = QemuBinary.detect();
    Machine machine = CounterGuest.machine(qemu);
    BaseRequest request =
        new BaseRequest(
            new BaseName("counter"),
            CounterGuest.writeBaseDisk(folder.resolve("disk.raw")),
            machine,
            null,
            null,
            new ReadyWhen.ConsolePrints(Pattern.compile("3$", Pattern.MULTILINE)),
            Duration.ofMinutes(1),
            false);
    new CreateBase(data(), qemu, Progress.SILENT).run(request);
    BaseEntry base = BaseStore.at(data().bases()).find("counter");
    new ResumeBase(data(), qemu, Progress.SILENT).run(base, new SynthesisRequest(VM, null, false));
    return new VmRegistry(data()).folder(VM).files();
  }

  private void kill(String stage, VmFiles files) throws Exception {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.resolve("data").toString(),
                stage)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = victim.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.equals(stage)) {
        line = lines.readLine();
      }
      assertThat(line).isEqualTo(stage);
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
    try (QmpClient qmp = QmpClient.connect(files.qmp(), Limits.ANSWER)) {
      assertThat(PausedVm.isRunning(qmp)).isNotEqualTo(stage.startsWith("pausing"));
    }
  }

  private DataDirectory data() throws IOException {
    return DataDirectory.open(folder.resolve("data"), "test");
  }
}
