package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.qemu.CounterGuest;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interrupts the thread of each kind of work at the beginning of each of its stages. */
class CancelledWorkIT {
  private static final VmName VM = new VmName("counter");
  private static final VmName SECOND = new VmName("second");

  @TempDir private Path folder;

  private interface Work {
    void run(Progress progress) throws IOException;
  }

  private CounterBase node() {
    return new CounterBase(folder);
  }

  @AfterEach
  void endVms() throws IOException {
    node().endVms();
  }

  @Test
  void makingABaseVm() throws Exception {
    List<String> stages =
        List.of("copying the disk", "booting", "saving memory", "writing the disk", "digests");
    for (String stage : stages) {
      cancel(stage, progress -> node().create(progress));
      assertClean();
      assertThat(BaseStore.at(node().data().bases()).list()).isEmpty();
    }
  }

  @Test
  void importingABaseVm() throws Exception {
    BaseStore store = BaseStore.at(node().data().bases());
    BaseEntry base = node().create(Progress.SILENT);
    Path file = folder.resolve("counter.base");
    store.exportTo(base, file, _ -> {});
    store.remove(base, _ -> List.of());
    cancel("importing", progress -> imported(file, progress));
    assertThat(store.list()).isEmpty();
    assertClean();
    imported(file, Progress.SILENT);
    store.verify(store.find(base.digest()).orElseThrow(), _ -> {});
  }

  private void imported(Path file, Progress progress) throws IOException {
    new ImportBase(node().data(), progress).run(file.toString(), null);
  }

  @Test
  void resumingAndBootingABaseVm() throws Exception {
    BaseEntry base = node().create(Progress.SILENT);
    for (boolean boots : new boolean[] {true, false}) {
      cancel(boots ? "booting" : "resuming", progress -> resume(base, boots, progress));
      assertThat(new VmRegistry(node().data()).list()).isEmpty();
      assertClean();
    }
    SynthesisResult booted = resume(base, true, Progress.SILENT);
    assertThat(booted.way()).isNull();
    CounterGuest.awaitCounter(node().files(VM), 3);
    assertThat(CounterGuest.counters(node().files(VM))).first().isEqualTo(1L);
  }

  private SynthesisResult resume(BaseEntry base, boolean boots, Progress progress)
      throws IOException {
    return new ResumeBase(node().data(), QemuBinary.detect(), progress)
        .run(base, new SynthesisRequest(VM, null, boots));
  }

  @Test
  void capturingAndSynthesising() throws Exception {
    VmFiles files = node().start(VM, node().create(Progress.SILENT), false);
    Path overlay = folder.resolve("counter.overlay");
    List<String> stages =
        List.of("reading memory", "pausing the guest", "deduplicating", "joining disk layers");
    for (String stage : stages) {
      cancel(stage, progress -> capture(overlay, progress));
      assertClean();
      assertThat(files.layer()).doesNotExist();
      CounterGuest.awaitCounter(files, CounterGuest.counter(files) + 3);
      Files.deleteIfExists(overlay);
    }
    capture(overlay, Progress.SILENT);
    cancel("synthesising", progress -> synthesise(overlay, progress));
    assertThat(new VmRegistry(node().data()).find(SECOND)).isEmpty();
    assertClean();
    synthesise(overlay, Progress.SILENT);
    CounterGuest.awaitCounter(node().files(SECOND), 3);
  }

  @Test
  void promotingAVm() throws Exception {
    VmFiles files = node().start(VM, node().create(Progress.SILENT), false);
    List<String> stages =
        List.of("reading memory", "verifying", "laying base and changes", "digests and index");
    for (String stage : stages) {
      cancel(stage, progress -> promote(progress));
      assertClean();
      assertThat(BaseStore.at(node().data().bases()).list()).hasSize(1);
      CounterGuest.awaitCounter(files, CounterGuest.counter(files) + 3);
    }
    promote(Progress.SILENT);
  }

  private void promote(Progress progress) throws IOException {
    new PromoteVm(node().data(), progress).run(VM, new BaseName("promoted"), false);
  }

  private void capture(Path target, Progress progress) throws IOException {
    new CaptureOverlay(node().data(), progress)
        .run(new CaptureRequest(VM, target, Effort.FAST, AfterCapture.CONTINUE, false, false));
  }

  private void synthesise(Path overlay, Progress progress) throws IOException {
    try (OverlayReader reader = OverlayReader.open(overlay)) {
      new SynthesizeOverlay(node().data(), QemuBinary.detect(), progress)
          .run(reader, new SynthesisRequest(SECOND, null, false));
    }
  }

  /** The work ends by itself, and with an exception. */
  private static void cancel(String stage, Work work) {
    Thread worker = Thread.currentThread();
    Progress interrupting =
        (what, _) -> {
          if (what.startsWith(stage)) {
            worker.interrupt();
          }
          return Progress.Stage.SILENT;
        };
    assertThatThrownBy(() -> work.run(interrupting)).as(stage).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).as(stage).isTrue();
  }

  /** Without the help of whoever comes next. */
  private void assertClean() throws IOException {
    DataDirectory data = node().data();
    for (Path place : data.folders()) {
      try (Stream<Path> entries = Files.list(place)) {
        assertThat(entries).noneMatch(Partials::isPartial);
      }
    }
    assertThat(data.temporary()).isEmptyDirectory();
    assertThat(Leftovers.clear(data)).isEmpty();
  }
}
