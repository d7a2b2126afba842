package io.cloudlet.operator.pod;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.MachineStatus;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;

/** Pods to try things with. */
final class Pods {
  static final MachineStatus MACHINE =
      new MachineStatus("pc-q35-7.2", "qemu64", 2, 1L << 30, Accelerator.TCG);

  private Pods() {}

  static Synthesis synthesis() {
    Synthesis synthesis = new Synthesis();
    synthesis.getMetadata().setNamespace("shops");
    synthesis.getMetadata().setName("web");
    synthesis.getMetadata().setUid("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9");
    return synthesis;
  }

  static Pod template(String node, String image) {
    return PodTemplate.of(synthesis(), new PodPlan(node, MACHINE), PodImage.of(image));
  }

  /** What the API server has made of a template. */
  static Pod made(Pod template, PodStatus status) {
    return new PodBuilder(template)
        .editMetadata()
        .withUid("1-2-3")
        .endMetadata()
        .withSpec(null)
        .withStatus(status)
        .build();
  }

  static Pod going(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .withDeletionTimestamp("2026-11-01T00:00:00Z")
        .endMetadata()
        .build();
  }

  static PodStatus pending() {
    return new PodStatusBuilder().withPhase("Pending").build();
  }

  static PodStatus running() {
    return container("Running", new ContainerStateBuilder().withNewRunning().endRunning().build());
  }

  static PodStatus waiting(String reason, String message) {
    return container(
        "Pending",
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason(reason)
            .withMessage(message)
            .endWaiting()
            .build());
  }

  static PodStatus terminated(String phase, int code, String reason) {
    return container(
        phase,
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(code)
            .withReason(reason)
            .endTerminated()
            .build());
  }

  private static PodStatus container(String phase, ContainerState state) {
    return new PodStatusBuilder()
        .withPhase(phase)
        .addNewContainerStatus()
        .withState(state)
        .endContainerStatus()
        .build();
  }
}
