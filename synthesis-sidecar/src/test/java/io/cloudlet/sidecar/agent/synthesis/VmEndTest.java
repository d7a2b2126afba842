package io.cloudlet.sidecar.agent.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmState;
import io.cloudlet.sidecar.pod.PodPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VmEndTest {
  private static final JobState NONE = new JobState.Absent();
  private static final PodPlace PLACE = new PodPlace("uid", "/folder", "10.0.0.1", -1);

  @Test
  void ofAProcess() {
    VmRecord vm = vm(null);
    assertThat(end(vm, Life.STOPPED, null, false).reason()).isEqualTo("Stopped");
    assertThat(end(vm, Life.SHUT_DOWN, null, false).reason()).isEqualTo("GuestShutDown");
    VmEnd died = end(vm, Life.DIED, null, false);
    assertThat(died.failed()).isTrue();
    assertThat(died.message()).contains("qemu.log").contains("diskOnly");
  }

  @Test
  void ofAPodThatWasDrained() {
    VmEnd calm = end(vm(PLACE), Life.SHUT_DOWN, ended("Completed"), true);
    assertThat(calm.failed()).isFalse();
    assertThat(calm.reason()).isEqualTo("EvictionByEvictionAPI");
    assertThat(calm.message()).contains("was shut down: pod pod has been drained");
    VmEnd abrupt = end(vm(PLACE), Life.DIED, ended("Error"), true);
    assertThat(abrupt.failed()).isTrue();
    assertThat(abrupt.reason()).isEqualTo("EvictionByEvictionAPI");
  }

  @Test
  void ofAPodThatTheNodeEnded() {
    VmEnd killed = end(vm(PLACE), Life.DIED, ended("OOMKilled"), false);
    assertThat(killed.failed()).isTrue();
    assertThat(killed.reason()).isEqualTo("OOMKilled");
    assertThat(killed.message()).contains("pod pod has ended");
  }

  @Test
  void ofAPodThatEndedByItself() {
    assertThat(end(vm(PLACE), Life.SHUT_DOWN, ended("Completed"), false).reason())
        .isEqualTo("GuestShutDown");
    assertThat(end(vm(PLACE), Life.DIED, ended("Error"), false).message())
        .contains("kubectl logs of pod vm");
  }

  private static VmEnd end(VmRecord vm, Life life, @Nullable VmPod pod, boolean drained) {
    VmPod told =
        new VmPod(
            "pod", "uid", null, VmPodPhase.ENDING, "EvictionByEvictionAPI", "has been drained");
    SynthesisFacts facts = drained ? SynthesisFacts.NONE.endsWith(told) : SynthesisFacts.NONE;
    return VmEnd.of(
        vm,
        life,
        new SynthesisSight(
            vm, life, facts, null, true, NONE, NONE, NONE, NONE, pod != null, pod, null));
  }

  private static VmPod ended(String reason) {
    return new VmPod("pod", "uid", null, VmPodPhase.ENDED, reason, "has ended");
  }

  private static VmRecord vm(@Nullable PodPlace pod) {
    Machine machine =
        new Machine(
            1, "pc-q35-7.2", "qemu64", 1, 64L << 20, Accelerator.TCG, List.of(), null, false);
    return new VmRecord(
        new VmName("vm"),
        "sha256:00",
        null,
        machine,
        List.of(),
        VmState.RUNNING,
        0,
        null,
        pod,
        null);
  }
}
