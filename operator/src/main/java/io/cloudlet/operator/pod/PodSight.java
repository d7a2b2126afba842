package io.cloudlet.operator.pod;

import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pod shows of itself, in the words of this API. */
final class PodSight {
  private static final Set<String> OVER = Set.of("Succeeded", "Failed");

  private PodSight() {}

  static VmPodPhase phase(Pod pod) {
    if (isOver(pod)) {
      return VmPodPhase.ENDED;
    }
    if (pod.isMarkedForDeletion()) {
      return VmPodPhase.ENDING;
    }
    boolean runs = state(pod).map(ContainerState::getRunning).isPresent();
    return runs ? VmPodPhase.RUNNING : VmPodPhase.PENDING;
  }

  /** What there is to say of a pod that is there. */
  static PodFinding of(Pod pod) {
    VmPodPhase phase = phase(pod);
    PodTrouble trouble =
        switch (phase) {
          case PENDING -> PodTrouble.ofPending(status(pod), state(pod));
          case RUNNING -> new PodTrouble(Reason.POD_RUNNING, null, "runs");
          case ENDING -> PodTrouble.ofEnding(status(pod));
          case ENDED -> PodTrouble.ofEnded(status(pod), state(pod));
        };
    VmPod said =
        new VmPod(
            pod.getMetadata().getName(),
            pod.getMetadata().getUid(),
            status(pod).getPodIP(),
            phase,
            trouble.word(),
            phase == VmPodPhase.RUNNING ? null : trouble.message());
    return new PodFinding(said, word(said.name(), trouble), null);
  }

  /** What there is to say of one that was there, and is not any more. */
  static PodFinding gone(VmPod last) {
    String message = last.message();
    boolean endedBefore =
        last.phase() == VmPodPhase.ENDED && !Reason.POD_GONE.word().equals(last.reason());
    PodTrouble trouble =
        endedBefore && message != null
            ? new PodTrouble(Reason.POD_ENDED, last.reason(), message)
            : new PodTrouble(
                Reason.POD_GONE,
                Reason.POD_GONE.word(),
                "has been deleted, and the VM with it: delete the Synthesis and create it again");
    VmPod said =
        new VmPod(
            last.name(), last.uid(), null, VmPodPhase.ENDED, trouble.word(), trouble.message());
    return new PodFinding(said, word(last.name(), trouble), null);
  }

  private static Problem word(String name, PodTrouble trouble) {
    return new Problem(trouble.reason(), "pod " + name + " " + trouble.message());
  }

  private static boolean isOver(Pod pod) {
    // The container may be seen to have ended before the pod is.
    boolean terminated = state(pod).map(ContainerState::getTerminated).isPresent();
    return terminated || OVER.contains(String.valueOf(status(pod).getPhase()));
  }

  private static PodStatus status(Pod pod) {
    @Nullable PodStatus status = pod.getStatus();
    return status == null ? new PodStatus() : status;
  }

  /** Of its one container, once the node has said anything of it. */
  private static Optional<ContainerState> state(Pod pod) {
    return status(pod).getContainerStatuses().stream().map(ContainerStatus::getState).findFirst();
  }
}
