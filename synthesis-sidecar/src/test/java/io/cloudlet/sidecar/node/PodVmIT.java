package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.pod.StandInPod;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.synthesis.Way;
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
    Path file = folder.resolve("state.overlay");
    capture(file, AfterCapture.DELETE, true);
    try (StandInPod pod = StandInPod.start(kubelet)) {
      synthesize(file, OTHER, pod, true);
      awaitCounter(pod, before - 1);
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

  private static void awaitCounter(StandInPod pod, long value) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> counter(pod) >= value);
  }
}
