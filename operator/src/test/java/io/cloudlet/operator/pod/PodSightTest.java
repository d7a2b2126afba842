package io.cloudlet.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.operator.status.Problem;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PodSightTest {
  private static PodFinding see(PodStatus status) {
    return PodSight.of(pod(status));
  }

  private static Pod pod(PodStatus status) {
    return Pods.made(Pods.template("node-1", "agent:1"), status);
  }

  private static VmPod said(PodFinding finding) {
    return Objects.requireNonNull(finding.pod());
  }

  private static Problem word(PodFinding finding) {
    return Objects.requireNonNull(finding.word());
  }

  private static void expect(
      PodFinding finding, VmPodPhase phase, String word, String reason, String words) {
    assertThat(said(finding).phase()).isEqualTo(phase);
    assertThat(said(finding).reason()).isEqualTo(word);
    assertThat(said(finding).message()).contains(words);
    assertThat(word(finding).reason().word()).isEqualTo(reason);
    assertThat(word(finding).message()).startsWith("pod web-0a1b2c3d ").contains(words);
  }

  @Test
  void aNewOneIsPending() {
    for (PodStatus status :
        new PodStatus[] {new PodStatus(), Pods.pending(), Pods.waiting("ContainerCreating", "")}) {
      assertThat(said(see(status)).phase()).isEqualTo(VmPodPhase.PENDING);
      assertThat(said(see(status)).reason()).isNull();
      assertThat(word(see(status)).reason().isFailure()).isFalse();
    }
  }

  @Test
  void oneThatRunsHasAnAddressAndNoReason() {
    PodStatus status = Pods.running();
    status.setPodIP("192.0.2.7");

    VmPod said = said(see(status));

    assertThat(said)
        .isEqualTo(new VmPod("web-0a1b2c3d", "1-2-3", "192.0.2.7", VmPodPhase.RUNNING, null, null));
    assertThat(see(status).obstacle()).isEmpty();
  }

  @Test
  void oneWithoutRoomSaysWhatLacks() {
    PodStatus status =
        new PodStatusBuilder(Pods.pending())
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/2 nodes are available: 1 Insufficient cloudlet.io/kvm.")
            .endCondition()
            .build();

    expect(
        see(status),
        VmPodPhase.PENDING,
        "Unschedulable",
        "Unschedulable",
        "Insufficient cloudlet.io/kvm");
  }

  /** The node says the two in turns for ever. */
  @Test
  void whatKeepsAnImageAwayIsSaidAlikeInBothTurns() {
    PodFinding pull = see(Pods.waiting("ErrImagePull", "not found"));
    PodFinding wait =
        see(
            Pods.waiting(
                "ImagePullBackOff", "Back-off pulling image \"agent:1\": ErrImagePull: not found"));

    expect(pull, VmPodPhase.PENDING, "ImagePullBackOff", "ImagePullBackOff", "not found");
    assertThat(wait).isEqualTo(pull);
  }

  @Test
  void whatCannotBeStartedSaysWhy() {
    expect(
        see(Pods.waiting("InvalidImageName", "couldn't parse")),
        VmPodPhase.PENDING,
        "InvalidImageName",
        "ImagePullBackOff",
        "couldn't parse");
    expect(
        see(Pods.waiting("CreateContainerError", "no such file")),
        VmPodPhase.PENDING,
        "CreateContainerError",
        "PodNotStarted",
        "no such file");
  }

  @Test
  void whatTheNodeRefusedOrEndedSaysSo() {
    PodStatus refused =
        new PodStatusBuilder()
            .withPhase("Failed")
            .withReason("OutOfcloudlet.io/kvm")
            .withMessage("Node didn't have enough resource: cloudlet.io/kvm")
            .build();
    PodStatus evicted =
        new PodStatusBuilder()
            .withPhase("Failed")
            .withReason("Evicted")
            .withMessage("low on resource: memory")
            .build();

    expect(
        see(refused),
        VmPodPhase.ENDED,
        "OutOfcloudlet.io/kvm",
        "NodeRefusedPod",
        "OutOfcloudlet.io/kvm");
    expect(see(evicted), VmPodPhase.ENDED, "Evicted", "Evicted", "low on resource");
  }

  @Test
  void itsEndSaysWhetherItWasAGoodOne() {
    expect(
        see(Pods.terminated("Succeeded", 0, "Completed")),
        VmPodPhase.ENDED,
        "Completed",
        "PodEnded",
        "has ended");
    expect(
        see(Pods.terminated("Failed", 137, "OOMKilled")),
        VmPodPhase.ENDED,
        "OOMKilled",
        "PodFailed",
        "exit code 137");
    assertThat(said(see(new PodStatusBuilder().withPhase("Succeeded").build())).phase())
        .isEqualTo(VmPodPhase.ENDED);
  }

  /** The phase of a pod lags behind the state of its container. */
  @Test
  void hasEndedAsSoonAsItsContainerHas() {
    assertThat(PodSight.phase(pod(Pods.terminated("Running", 0, "Completed"))))
        .isEqualTo(VmPodPhase.ENDED);
  }

  @Test
  void oneThatIsToldToEndSaysByWhom() {
    PodStatus status =
        new PodStatusBuilder(Pods.running())
            .addNewCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .withReason("EvictionByEvictionAPI")
            .withMessage("Eviction API: evicting")
            .endCondition()
            .build();

    expect(
        PodSight.of(Pods.going(pod(status))),
        VmPodPhase.ENDING,
        "EvictionByEvictionAPI",
        "PodEnding",
        "evicting");
  }

  @Test
  void oneThatIsGoneIsToldOfAlikeHoweverOftenOneLooks() {
    PodFinding gone = PodSight.gone(said(see(Pods.running())));

    expect(gone, VmPodPhase.ENDED, "PodGone", "PodGone", "has been deleted");
    assertThat(PodSight.gone(said(gone))).isEqualTo(gone);
  }

  @Test
  void howItEndedIsStillSaidWhenItIsGone() {
    VmPod ended = said(see(Pods.terminated("Failed", 137, "OOMKilled")));

    PodFinding gone = PodSight.gone(ended);

    expect(gone, VmPodPhase.ENDED, "OOMKilled", "PodEnded", "exit code 137");
    assertThat(PodSight.gone(said(gone))).isEqualTo(gone);
  }
}
