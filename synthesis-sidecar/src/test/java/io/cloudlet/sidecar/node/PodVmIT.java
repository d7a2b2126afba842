package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.pod.StandInPod;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.synthesis.Way;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VMs in pods, with a real QEMU that sees of this machine no more than its pod does. */
class PodVmIT {
  private static final VmName VM = new VmName("vm");
  private static final VmName OTHER = new VmName("other");

  @TempDir private Path folder;

  /** What is killed while it captures. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      Path root = Path.of(arguments[0]);
      Path file = Files.createDirectories(root.resolve("overlays")).resolve("state.overlay");
      new CaptureOverlay(new CounterBase(root).data(), Stages.lingering(arguments[1]))
          .run(new CaptureRequest(VM, file, Effort.FAST, AfterCapture.CONTINUE, false, false));
    }
  }

  private CounterBase node;
  private BaseEntry base;
  private Path kubelet;

  @BeforeEach
  void makeBase() throws Exception {
    node = new CounterBase(folder);
    base = node.create(Progress.SILENT);
    kubelet = Files.createDirectories(folder.resolve("kubelet"));
  }

  @AfterEach
  void endVms() throws Exception {
    node.endVms();
  }

  @Test
  void resumesRunsAndEndsInAPod() throws Exception {
    try (StandInPod pod = StandInPod.start(kubelet)) {
      VmRecord vm = resume(VM, pod);
      assertThat(vm.isAlive()).isTrue();
      awaitCounter(pod, counter(pod) + 3);
      assertThat(Files.isSameFile(pod.folder().resolve("base.raw"), disk())).isTrue();

      new VmLifecycle(node.data()).remove(VM, true);

      assertThat(pod.exitCode()).isZero();
      assertThat(vm.isAlive()).isFalse();
      assertThat(new VmRegistry(node.data()).list()).isEmpty();
    }
  }

  @Test
  void isCapturedInAPodAndGoesOnInAnother() throws Exception {
    Path file = folder.resolve("state.overlay");
    long before;
    try (StandInPod pod = StandInPod.start(kubelet)) {
      resume(VM, pod);
      awaitCounter(pod, counter(pod) + 3);
      before = counter(pod);
      capture(file, AfterCapture.CONTINUE, false);
      awaitCounter(pod, counter(pod) + 3);
      assertThat(pod.folder().resolve("capture.qcow2")).doesNotExist();
      new VmLifecycle(node.data()).remove(VM, true);
    }
    for (Way way : List.of(Way.COMPOSED, Way.MAPPED)) {
      try (StandInPod pod = StandInPod.start(kubelet)) {
        SynthesisResult made = synthesize(file, OTHER, pod, false);
        assertThat(made.way()).isEqualTo(isCurrent() ? way : Way.DELTA);
        awaitCounter(pod, before);
        assertThat(counter(pod)).isGreaterThanOrEqualTo(before);
        capture(folder.resolve("second.overlay"), AfterCapture.DELETE, false, OTHER);
        assertThat(pod.exitCode()).isZero();
      }
    }
    try (StandInPod pod = StandInPod.start(kubelet)) {
      assertThat(synthesize(file, OTHER, pod, true).way()).isNull();
      awaitCounter(pod, 3);
    }
  }

  @Test
  void keepsTheDiskOfAPodThatIsGone() throws Exception {
    long before;
    try (StandInPod pod = StandInPod.start(kubelet)) {
      VmRecord vm = resume(VM, pod);
      awaitCounter(pod, counter(pod) + 3);
      pod.killQemu();
      assertThat(pod.exitCode()).isNotZero();
      assertThat(vm.isAlive()).isFalse();
      before = counter(pod);
    }
    assertWritten(before - 1, VM);
    Path file = folder.resolve("state.overlay");
    capture(file, AfterCapture.DELETE, true);
    try (StandInPod pod = StandInPod.start(kubelet)) {
      synthesize(file, OTHER, pod, true);
      assertWritten(before - 1, OTHER);
    }
  }

  @Test
  void runsOnWhenItsCaptureIsKilled() throws Exception {
    try (StandInPod pod = StandInPod.start(kubelet)) {
      resume(VM, pod);
      for (String stage : List.of("reading memory", "pausing the guest", "deduplicating")) {
        Stages.killAt(stage, Victim.class, folder.toString());
        assertThat(Leftovers.clear(node.data())).anyMatch(it -> it.contains("undid a capture"));
        assertThat(pod.folder().resolve("capture.qcow2")).doesNotExist();
        assertThat(folder.resolve("overlays")).isEmptyDirectory();
        awaitCounter(pod, counter(pod) + 3);
      }
    }
  }

  /** What the guest writes goes to the layer, which its pod's user owns. */
  @Test
  void keepsWhatWasWrittenWhileItsCaptureWasKilled() throws Exception {
    long before;
    try (StandInPod pod = StandInPod.start(kubelet)) {
      resume(VM, pod);
      Stages.killAt("deduplicating", Victim.class, folder.toString());
      awaitCounter(pod, counter(pod) + 10);
      pod.killQemu();
      assertThat(pod.exitCode()).isNotZero();
      before = counter(pod);
      assertThat(Leftovers.clear(node.data())).anyMatch(it -> it.contains("undid a capture"));
    }
    assertWritten(before - 1, VM);
  }

  @Test
  void becomesABaseAndChangesItsPorts() throws Exception {
    try (StandInPod pod = StandInPod.start(kubelet)) {
      resume(VM, pod);
      VmRecord changed = new ForwardPorts(node.data()).run(VM, List.of(new Port(0, 8081)));
      assertThat(changed.ports()).containsExactly(new Port(8081, 8081));
      assertThat(changed.host()).isEqualTo("127.0.0.1");
      assertThat(changed.isAlive()).isTrue();
      BaseName promoted = new BaseName("promoted");
      new PromoteVm(node.data(), Progress.SILENT).run(VM, promoted, false);
      long before = counter(pod);
      awaitCounter(pod, before + 3);
      new VmLifecycle(node.data()).remove(VM, true);
      base = BaseStore.at(node.data().bases()).find(promoted.text());
    }
    try (StandInPod pod = StandInPod.start(kubelet)) {
      resume(OTHER, pod);
      awaitCounter(pod, counter(pod) + 3);
    }
  }

  /** Between two file systems every file is copied, and the guest runs as well. */
  @Test
  void runsOnCopiesWhereNothingCanBeLinked() throws Exception {
    Path other = Files.createTempDirectory(Path.of("/dev/shm"), "cloudlet");
    try (StandInPod pod = StandInPod.start(Files.createDirectories(other.resolve("kubelet")))) {
      resume(VM, pod);
      awaitCounter(pod, counter(pod) + 3);
      assertThat(Files.isSameFile(pod.folder().resolve("base.raw"), disk())).isFalse();
      Path file = folder.resolve("state.overlay");
      capture(file, AfterCapture.DELETE, false);
      assertThat(pod.exitCode()).isZero();
      try (StandInPod next = StandInPod.start(other.resolve("kubelet"))) {
        assertThat(synthesize(file, OTHER, next, false).way()).isEqualTo(Way.DELTA);
        awaitCounter(next, counter(next) + 3);
      }
    } finally {
      Partials.deleteTree(other);
    }
  }

  private void capture(Path file, AfterCapture after, boolean diskOnly) throws Exception {
    capture(file, after, diskOnly, VM);
  }

  private void capture(Path file, AfterCapture after, boolean diskOnly, VmName vm)
      throws Exception {
    new CaptureOverlay(node.data(), Progress.SILENT)
        .run(new CaptureRequest(vm, file, Effort.FAST, after, diskOnly, false));
  }

  private SynthesisResult synthesize(Path file, VmName name, StandInPod pod, boolean boots)
      throws Exception {
    try (OverlayReader overlay = OverlayReader.open(file)) {
      return new SynthesizeOverlay(node.data(), QemuBinary.detect(), Progress.SILENT)
          .run(overlay, request(name, pod, boots));
    }
  }

  /** An older one cannot map what it may not write, and has a copy. */
  private static boolean isCurrent() throws Exception {
    return QemuBinary.detect().version().atLeast(8, 2);
  }

  private VmRecord resume(VmName name, StandInPod pod) throws Exception {
    return new ResumeBase(node.data(), QemuBinary.detect(), Progress.SILENT)
        .run(base, request(name, pod, false))
        .vm();
  }

  private static SynthesisRequest request(VmName name, StandInPod pod, boolean boots) {
    return new SynthesisRequest(name, List.of(new Port(0, 8080)), boots, pod.place(), null);
  }

  private Path disk() throws Exception {
    try (BaseVm vm = BaseStore.at(node.data().bases()).open(base)) {
      return vm.path(ImageId.FIRST_DISK);
    }
  }

  private static long counter(StandInPod pod) throws Exception {
    List<String> lines = pod.log().lines().filter(it -> it.matches("[0-9A-Fa-f]{8}")).toList();
    return lines.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(lines.getLast());
  }

  /** The guest has each number in a sector of its own. */
  private void assertWritten(long number, VmName vm) throws Exception {
    Path raw = folder.resolve("disk.copy");
    Path disk = node.files(vm).disk();
    QemuImg.run("no copy", "convert", "-U", "-O", "raw", disk.toString(), raw.toString());
    try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "r")) {
      file.seek((64 + (number & 0xfff)) * 512);
      assertThat(Integer.reverseBytes(file.readInt())).isEqualTo((int) number);
    }
  }

  private static void awaitCounter(StandInPod pod, long value) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> counter(pod) >= value);
  }
}
