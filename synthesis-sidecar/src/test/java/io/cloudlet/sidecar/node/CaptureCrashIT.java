package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.qemu.CounterGuest;
import io.cloudlet.sidecar.qemu.PausedVm;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      capture(Path.of(arguments[0]), Stages.lingering(arguments[1]));
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
    CounterBase node = new CounterBase(folder);
    return node.start(VM, node.create(Progress.SILENT), false);
  }

  private void kill(String stage, VmFiles files) throws Exception {
    Stages.killAt(stage, Victim.class, folder.resolve("data").toString());
    try (QmpClient qmp = QmpClient.connect(files.qmp(), Limits.ANSWER)) {
      assertThat(PausedVm.isRunning(qmp)).isNotEqualTo(stage.startsWith("pausing"));
    }
  }

  private DataDirectory data() throws IOException {
    return DataDirectory.open(folder.resolve("data"), "test");
  }
}
