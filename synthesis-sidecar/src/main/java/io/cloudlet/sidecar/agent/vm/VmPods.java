package io.cloudlet.sidecar.agent.vm;

import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.kubelet.PodVolumes;
import io.cloudlet.sidecar.pod.PodPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has VMs run in pods of this node, which the operator makes. The agent may not look at pods: it
 * knows what the operator says of them.
 *
 * @param volumes where their folders are
 * @param group of QEMU in them
 */
public record VmPods(PodVolumes volumes, int group) {
  /** On a node like any other. */
  public static VmPods under(Path kubelet) {
    return new VmPods(new PodVolumes(kubelet), PodPlace.GROUP);
  }

  /** The pod, once a VM can be put into it. */
  public Optional<PodPlace> place(@Nullable VmPod pod) {
    return pod == null || pod.phase() != VmPodPhase.RUNNING || pod.address() == null
        ? Optional.empty()
        : Optional.of(
            new PodPlace(
                pod.uid(),
                volumes.emptyDir(pod.uid(), PodPlace.VOLUME).toString(),
                pod.address(),
                group));
  }

  /**
   * Refuses a node where the pods' folders cannot be reached.
   *
   * @param data where the agent's own files are
   * @return what people should know although it works; empty when there is nothing
   * @throws ProblemException saying what to mount
   */
  public String check(Path data) throws IOException {
    Path pods = volumes.pods();
    if (!Files.isDirectory(pods)) {
      throw new ProblemException(
          Problem.passing(
              "KubeletMissing",
              "VMs shall run in pods, and there is no folder "
                  + pods
                  + " of a kubelet; mount the kubelet's folder, or name it with --kubelet-root"));
    }
    return Files.getFileStore(pods).equals(Files.getFileStore(data))
        ? ""
        : "; each VM gets copies of its base VM's files, because "
            + data
            + " is not in one mount with "
            + volumes.kubelet();
  }
}
