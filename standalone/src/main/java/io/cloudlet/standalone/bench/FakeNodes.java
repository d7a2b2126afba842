package io.cloudlet.standalone.bench;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeSpec;
import io.cloudlet.api.v1alpha1.CloudletNodeStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.NodeCache;
import io.cloudlet.api.v1alpha1.NodeCopyPhase;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Nodes that exist in the API alone. They say what agents say, hold one base VM and have room for
 * everything.
 *
 * @param client stays the caller's
 * @param namespace of their leases
 * @param count how many
 * @param baseDigest what they hold
 */
record FakeNodes(KubernetesClient client, String namespace, int count, String baseDigest) {
  /** So long that nobody has to renew: what renewing costs is known without a measurement. */
  private static final int LEASE_SECONDS = 86_400;

  static String name(int node) {
    return "node-%04d".formatted(node);
  }

  /** Creates them. */
  void register(Workers workers) {
    workers.forEach(IntStream.range(0, count), this::register);
  }

  private void register(int number) {
    CloudletNode node = new CloudletNode();
    node.setMetadata(
        new ObjectMetaBuilder()
            .withName(name(number))
            .addToLabels("kubernetes.io/hostname", name(number))
            .build());
    node.setSpec(new CloudletNodeSpec(null, List.of(), List.of()));
    client.resource(node).create();
    node.setStatus(
        new CloudletNodeStatusBuilder()
            .conditions(
                List.of(
                    Condition.found(
                        Condition.READY, ConditionStatus.TRUE, 1L, "AgentReady", "", List.of())))
            .address("https://" + name(number) + ".invalid:7421")
            .qemuVersion("7.2.22")
            .accelerators(List.of(Accelerator.TCG))
            .cpuModels(List.of("qemu64"))
            .machineTypes(List.of("pc-q35-7.2"))
            .cpus(64)
            .memoryBytes(1L << 40)
            .cache(new NodeCache(1L << 40, 1L << 30, 1L << 40))
            .bases(
                List.of(
                    new NodeBase(baseDigest, NodeCopyPhase.READY, null, 1L << 30, 40L << 20, null)))
            .build());
    client.resource(node).updateStatus();
    client.resource(lease(number)).create();
  }

  private Lease lease(int number) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(name(number))
        .withNamespace(namespace)
        .addToLabels("app.kubernetes.io/component", "agent")
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(name(number))
        .withLeaseDurationSeconds(LEASE_SECONDS)
        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
        .endSpec()
        .build();
  }
}
