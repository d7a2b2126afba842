package io.cloudlet.operator;

import static org.awaitility.Awaitility.await;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeStatus;
import io.cloudlet.api.v1alpha1.CloudletNodeStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.NodeCache;
import io.cloudlet.api.v1alpha1.NodeCopyPhase;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.operator.status.Own;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes what an agent writes, and does nothing of what it does. */
final class FakeAgent {
  private static final String FIELD_MANAGER = "cloudlet-agent";
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final String leases;
  private final String name;
  private CloudletNodeStatus status;

  /** An agent that nobody knows of. */
  FakeAgent(KubernetesClient client, String leases, String name, long memoryBytes) {
    this.client = client;
    this.leases = leases;
    this.name = name;
    this.status =
        new CloudletNodeStatusBuilder()
            .address("http://" + name + ".example.org:8600")
            .accelerators(List.of(Accelerator.TCG))
            .cpuModels(List.of("qemu64"))
            .machineTypes(List.of("pc-q35-7.2"))
            .memoryBytes(memoryBytes)
            .cache(new NodeCache(1L << 40, 0, 1L << 40))
            .conditions(List.of(ready("AgentReady")))
            .build();
  }

  String name() {
    return name;
  }

  /** Appears, with a Lease for a minute. */
  FakeAgent join() {
    CloudletNode node = Own.patch(named(new CloudletNode()), CloudletNode::new);
    node.getMetadata().setLabels(Map.of("kubernetes.io/hostname", name));
    client.resource(node).patch(APPLY);
    publish(it -> it);
    return renew(60);
  }

  /** Is alive for some seconds from now; dead already for a negative number. */
  FakeAgent renew(int seconds) {
    var lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(leases)
            .addToLabels("app.kubernetes.io/component", "agent")
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(name)
            .withLeaseDurationSeconds(60)
            .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds - 60L))
            .endSpec()
            .build();
    client.resource(lease).patch(APPLY);
    return this;
  }

  /** Says something else of its node. */
  FakeAgent publish(UnaryOperator<CloudletNodeStatusBuilder> change) {
    status = change.apply(new CloudletNodeStatusBuilder(status)).build();
    CloudletNode node = Own.patch(named(new CloudletNode()), CloudletNode::new);
    node.setStatus(status);
    applyStatus(node);
    return this;
  }

  /** Has got base VMs. */
  FakeAgent holds(String... digests) {
    List<NodeBase> bases = new ArrayList<>();
    for (String digest : digests) {
      bases.add(new NodeBase(digest, NodeCopyPhase.READY, null, 1L, 1L, null));
    }
    return publish(it -> it.bases(bases));
  }

  void report(Synthesis synthesis, SynthesisStatus says) {
    Synthesis patch = Own.patch(synthesis, Synthesis::new);
    patch.setStatus(says);
    applyStatus(patch);
  }

  void report(BaseVM base, BaseVMStatus says) {
    BaseVM patch = Own.patch(base, BaseVM::new);
    patch.setStatus(says);
    applyStatus(patch);
  }

  void report(VMOverlay overlay, VMOverlayStatus says) {
    VMOverlay patch = Own.patch(overlay, VMOverlay::new);
    patch.setStatus(says);
    applyStatus(patch);
  }

  /** Holds an object back, as agents do from the beginning of their work. */
  void hold(HasMetadata object) {
    edit(object, it -> it.addFinalizer(Own.AGENT_FINALIZER));
  }

  /** Has cleaned up. */
  void release(HasMetadata object) {
    edit(object, it -> it.removeFinalizer(Own.AGENT_FINALIZER));
  }

  private void edit(HasMetadata object, Consumer<HasMetadata> change) {
    await()
        .ignoreExceptionsMatching(it -> it instanceof KubernetesClientException)
        .until(() -> {
          HasMetadata now = client.resource(object).get();
          change.accept(now);
          return client.resource(now).update() != null;
        });
  }

  static Condition ready(String reason) {
    return condition(ConditionStatus.TRUE, reason);
  }

  static Condition condition(ConditionStatus status, String reason) {
    return Condition.found(Condition.READY, status, null, reason, "says a test", List.of());
  }

  private <T extends HasMetadata> T named(T object) {
    object.getMetadata().setName(name);
    return object;
  }

  private void applyStatus(HasMetadata object) {
    @Nullable HasMetadata _ = client.resource(object).subresource("status").patch(APPLY);
  }
}
