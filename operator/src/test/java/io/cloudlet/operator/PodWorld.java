package io.cloudlet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Address;
import io.cloudlet.api.v1alpha1.ServicePort;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.api.v1alpha1.VmsAs;
import io.cloudlet.operator.pod.PodImage;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cluster in which VMs are pods, on one node that has the base VM {@code debian}. */
record PodWorld(World world, FakeAgent agent, FakeKubelet kubelet) implements AutoCloseable {
  static PodWorld start(String kubeConfig) throws Exception {
    World world = World.install(kubeConfig);
    restrict(world.client());
    Operator _ =
        world.operate(
            OperatorConfig.alone(World.SYSTEM, "test").withVmImage(PodImage.of("cloudlet/agent:1")),
            world.client());
    FakeAgent agent = world.agent("node-1", 64 * Samples.GIB);
    agent.publish(it -> it.vmsAs(VmsAs.PODS));
    var _ = world.readyBase(agent, "debian", 'a');
    agent.holds(Samples.digest('a'));
    return new PodWorld(world, agent, new FakeKubelet(world.client()));
  }

  /** Has the server itself judge pods; and makes the account that nothing makes here. */
  static void restrict(KubernetesClient client) {
    var _ =
        client
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(World.NAMESPACE)
                    .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                    .endMetadata()
                    .build())
            .serverSideApply();
    var _ =
        client
            .resource(
                new ServiceAccountBuilder()
                    .withNewMetadata()
                    .withName("default")
                    .withNamespace(World.NAMESPACE)
                    .endMetadata()
                    .build())
            .serverSideApply();
  }

  Synthesis create(String name) {
    return world.create(
        Samples.ofBase(World.NAMESPACE, name, "debian", new ServicePort(8080, 80, "http")));
  }

  Synthesis eventually(Synthesis synthesis, Consumer<SynthesisStatus> assertions) {
    return world.eventually(synthesis, it -> assertions.accept(it.getStatus()));
  }

  /** The pod of a VM, once there is one. */
  Pod pod(Synthesis synthesis) {
    Synthesis with = eventually(synthesis, it -> assertThat(it.pod()).isNotNull());
    return Objects.requireNonNull(
        world
            .client()
            .pods()
            .inNamespace(World.NAMESPACE)
            .withName(seen(with.getStatus()).name())
            .get());
  }

  static VmPod seen(SynthesisStatus status) {
    return Objects.requireNonNull(status.pod());
  }

  /** The node starts the pod, and the agent the VM in it, which answers. */
  void runs(Synthesis synthesis, Pod pod) {
    kubelet.runs(pod, "192.0.2.9");
    eventually(synthesis, it -> assertThat(seen(it).phase()).isEqualTo(VmPodPhase.RUNNING));
    agent.report(
        synthesis,
        new SynthesisStatusBuilder()
            .phase(SynthesisPhase.READY)
            .vm(pod.getMetadata().getName())
            .addresses(List.of(new Address(8080, "192.0.2.9", 8080)))
            .conditions(List.of(FakeAgent.ready("Answers")))
            .build());
    world.eventually(pod, it -> assertThat(gate(it)).isEqualTo("True"));
  }

  /** What the condition says that a Service waits for. */
  static @Nullable String gate(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(it -> it.getType().equals("cloudlet.io/Ready"))
        .map(PodCondition::getStatus)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    world.close();
  }
}
