package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.pod.StandInPod;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left in a pod by a start that was killed, or failed: nothing, and the pod is used again.
 */
class PodStartCrashIT {
  private static final VmName VM = new VmName("vm");

  @TempDir private Path folder;
  private CounterBase node;
  private BaseEntry base;
  private StandInPod pod;

  @BeforeEach
  void makeBase() throws Exception {
    node = new CounterBase(folder);
    base = node.create(Progress.SILENT);
    pod = StandInPod.start(Files.createDirectories(folder.resolve("kubelet")));
  }

  @AfterEach
  void endVms() throws Exception {
    node.endVms();
    pod.close();
  }

  @Test
  void beforeAnythingRuns() throws Exception {
    NewVm begun = begin();
    Files.createLink(pod.folder().resolve("base.raw"), disk());
    EmptyLayer.create(disk(), begun.files().disk());
    assertIsClearedAndStartsAgain();
  }

  @Test
  void whileItsQemuRuns() throws Exception {
    NewVm begun = begin();
    EmptyLayer.create(disk(), begun.files().disk());
    try (BaseVm vm = open()) {
      begun.boot(QemuBinary.detect(), machine(vm), vm);
    }
    assertThat(begun.host().find()).isPresent();
    assertIsClearedAndStartsAgain();
  }

  @Test
  void justBeforeItIsSaidToRun() throws Exception {
    VmRecord vm = resume();
    Files.createFile(pod.folder().resolve("unborn"));
    Leftovers.clear(node.data());
    assertThat(vm.isAlive()).isTrue();
    new VmLifecycle(node.data()).stop(VM, Duration.ZERO);
    assertThat(pod.exitCode()).isZero();
  }

  @Test
  void whenQemuRefuses() throws Exception {
    try (BaseVm vm = open();
        NewVm begun = begin()) {
      EmptyLayer.create(disk(), begun.files().disk());
      Machine unknown = unknownCpu(machine(vm));
      assertThatThrownBy(() -> begun.boot(QemuBinary.detect(), unknown, vm))
          .isInstanceOf(QemuStartException.class)
          .hasMessageContaining("no-such-model");
    }
    assertIsEmpty();
    assertThat(resume().isAlive()).isTrue();
  }

  private void assertIsClearedAndStartsAgain() throws Exception {
    assertThat(Leftovers.clear(node.data())).anyMatch(it -> it.contains("VM vm"));
    assertIsEmpty();
    assertThat(new VmRegistry(node.data()).list()).isEmpty();
    assertThat(resume().isAlive()).isTrue();
  }

  /** But for what the pod's own program has made. */
  private void assertIsEmpty() throws Exception {
    try (Stream<Path> files = Files.list(pod.folder())) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .isSubsetOf("command", "qemu.pid", "incoming.sock");
    }
    assertThat(pod.isAlive()).isTrue();
  }

  private NewVm begin() throws Exception {
    try (BaseVm vm = open()) {
      return NewVm.register(
          node.data(), VmRecord.starting(VM, vm.digest(), null, machine(vm), null).in(pod.place()));
    }
  }

  private VmRecord resume() throws Exception {
    SynthesisRequest request =
        new SynthesisRequest(VM, List.of(new Port(0, 8080)), false, pod.place(), null);
    return new ResumeBase(node.data(), QemuBinary.detect(), Progress.SILENT)
        .run(base, request)
        .vm();
  }

  private static Machine machine(BaseVm vm) {
    return vm.manifest().machine();
  }

  private static Machine unknownCpu(Machine known) {
    return new Machine(
        known.layout(),
        known.machineType(),
        "no-such-model",
        known.cpus(),
        known.memoryBytes(),
        known.accelerator(),
        known.ports(),
        known.directKernel(),
        known.balloon());
  }

  private Path disk() throws Exception {
    try (BaseVm vm = open()) {
      return vm.path(ImageId.FIRST_DISK);
    }
  }

  private BaseVm open() throws Exception {
    return BaseStore.at(node.data().bases()).open(base);
  }
}
