package io.cloudlet.operator;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;

/** Writes into pods what a node and the scheduler write, and runs nothing. */
record FakeKubelet(KubernetesClient client) {
  void cannotPlace(Pod pod, String message) {
    write(
        pod,
        new PodStatusBuilder()
            .withPhase("Pending")
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage(message)
            .endCondition()
            .build());
  }

  void runs(Pod pod, String address) {
    PodStatus status =
        container(
            pod, "Running", new ContainerStateBuilder().withNewRunning().endRunning().build());
    status.setPodIP(address);
    write(pod, status);
  }

  void waits(Pod pod, String reason, String message) {
    write(
        pod,
        container(
            pod,
            "Pending",
            new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .build()));
  }

  /** Its container has ended by itself. */
  void exits(Pod pod, int code) {
    write(
        pod,
        container(
            pod,
            code == 0 ? "Succeeded" : "Failed",
            new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(code == 0 ? "Completed" : "Error")
                .endTerminated()
                .build()));
  }

  /** Has refused it, or ended it. */
  void fails(Pod pod, String reason, String message) {
    write(
        pod,
        new PodStatusBuilder().withPhase("Failed").withReason(reason).withMessage(message).build());
  }

  /** Takes it onto a node: from then on it takes that node's word to be gone. */
  void binds(Pod pod, String node) {
    String path =
        "/api/v1/namespaces/%s/pods/%s/binding"
            .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    var _ =
        client.raw(
            path,
            "POST",
            """
            {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "%s"},
             "target": {"apiVersion": "v1", "kind": "Node", "name": "%s"}}
            """
                .formatted(pod.getMetadata().getName(), node));
  }

  private static PodStatus container(Pod pod, String phase, ContainerState state) {
    return new PodStatusBuilder()
        .withPhase(phase)
        .addNewContainerStatus()
        .withName(pod.getSpec().getContainers().getFirst().getName())
        .withImage(pod.getSpec().getContainers().getFirst().getImage())
        .withImageID("")
        .withReady(state.getRunning() != null)
        .withRestartCount(0)
        .withState(state)
        .endContainerStatus()
        .build();
  }

  private void write(Pod pod, PodStatus status) {
    Pod now = Objects.requireNonNull(client.resource(pod).get());
    status.getConditions().addAll(gates(now));
    now.setStatus(status);
    var _ = client.resource(now).updateStatus();
  }

  /** What is not a node's own stays. */
  private static List<PodCondition> gates(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(it -> it.getType().startsWith("cloudlet.io/"))
        .toList();
  }
}
