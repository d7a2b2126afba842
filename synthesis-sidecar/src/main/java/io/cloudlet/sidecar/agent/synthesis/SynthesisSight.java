package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.pod.PodPlace;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a Synthesis on this node.
 *
 * @param vm its VM; null when there is none
 * @param life what has become of the VM
 * @param facts what is known beside
 * @param base digest of its base VM; null while nobody knows
 * @param baseHere whether the base VM is on this node
 * @param fetch how far the base VM's transfer has come
 * @param work how far the look at its overlay, or its start, has come
 * @param probe how far the wait for its port has come
 * @param ports how far a change of its ports has come
 * @param asPod whether its VM runs in a pod, or is to
 * @param pod what the operator says of that pod; null when it has said nothing
 * @param place the pod once a VM can be put into it; null until then
 */
record SynthesisSight(
    @Nullable VmRecord vm,
    Life life,
    SynthesisFacts facts,
    @Nullable String base,
    boolean baseHere,
    JobState fetch,
    JobState work,
    JobState probe,
    JobState ports,
    boolean asPod,
    @Nullable VmPod pod,
    @Nullable PodPlace place) {
  /** Whether the pod in which the VM runs has been told to end. */
  boolean isPodEnding() {
    return vm != null
        && vm.pod() != null
        && pod != null
        && pod.phase() == VmPodPhase.ENDING
        && pod.uid().equals(vm.pod().uid());
  }
}
