package io.cloudlet.operator.cluster;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VmsAs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What the API server says now, as far as it matters for decisions: one watch per kind, which all
 * controllers share. It may lag a moment behind what was just written. Thread-safe.
 */
public final class Cluster implements AutoCloseable {
  /** The label of Leases that agents renew. */
  private static final String COMPONENT = "app.kubernetes.io/component";

  private final Watched<BaseVM> bases;
  private final Watched<VMOverlay> overlays;
  private final Watched<Synthesis> syntheses;
  private final Watched<CloudletNode> nodes;
  private final Watched<Lease> leases;
  private final Watched<Pod> pods;
  private final Liveness liveness;
  private final ScheduledExecutorService timer;

  /**
   * A view that is still empty.
   *
   * @param client stays the caller's
   * @param namespace in which agents renew their Leases
   * @param clock for the expiry of Leases
   */
  public Cluster(KubernetesClient client, String namespace, InstantSource clock) {
    bases = everywhere(client, BaseVM.class, BaseVMIndexes.all());
    overlays = everywhere(client, VMOverlay.class, VMOverlayIndexes.all());
    syntheses = everywhere(client, Synthesis.class, SynthesisIndexes.all());
    nodes =
        new Watched<>(
            client.resources(CloudletNode.class).runnableInformer(0).itemStore(new LeanStore<>()),
            CloudletNodeIndexes.all());
    leases =
        new Watched<>(
            client
                .leases()
                .inNamespace(namespace)
                .withLabel(COMPONENT, "agent")
                .runnableInformer(0)
                .itemStore(new LeanStore<>()),
            List.of());
    pods =
        new Watched<>(
            client
                .pods()
                .inAnyNamespace()
                .withLabels(VmPodLabels.all())
                .runnableInformer(0)
                .itemStore(new LeanPodStore()),
            List.of());
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cloudlet-liveness").daemon().factory());
    liveness = new Liveness(clock, timer);
    leases.onChange(liveness::accept);
  }

  private static <T extends HasMetadata> Watched<T> everywhere(
      KubernetesClient client, Class<T> kind, List<Index<T>> indexes) {
    return new Watched<>(
        client.resources(kind).inAnyNamespace().runnableInformer(0).itemStore(new LeanStore<>()),
        indexes);
  }

  /** Starts watching, and waits until all that there is has arrived. */
  public void start(Duration timeout) throws InterruptedException {
    for (Watched<?> kind : kinds()) {
      kind.start(timeout);
    }
  }

  /** All base VMs. */
  public Watched<BaseVM> bases() {
    return bases;
  }

  /** All overlays. */
  public Watched<VMOverlay> overlays() {
    return overlays;
  }

  /** All Syntheses. */
  public Watched<Synthesis> syntheses() {
    return syntheses;
  }

  /** All nodes that have, or had, an agent. */
  public Watched<CloudletNode> nodes() {
    return nodes;
  }

  /** The pods around VMs, without what they are to be: no {@code spec}. */
  public Watched<Pod> pods() {
    return pods;
  }

  /** Which of the nodes answer. */
  public Liveness liveness() {
    return liveness;
  }

  /** The node of a name. */
  public Optional<CloudletNode> node(String name) {
    return nodes.find(null, name);
  }

  /** Whether VMs are pods on a node. */
  public boolean hasVmsAsPods(String node) {
    return node(node)
        .map(CloudletNode::getStatus)
        .filter(it -> it.vmsAs() == VmsAs.PODS)
        .isPresent();
  }

  /** Whether there is a node of that name, with an agent that answers. */
  public boolean isAlive(@Nullable String node) {
    return node != null && node(node).isPresent() && liveness.isAlive(node);
  }

  /** Whether every kind is being watched; false while the API server is away. */
  public boolean isWatching() {
    return kinds().stream().allMatch(Watched::isWatching);
  }

  @Override
  public void close() {
    kinds().forEach(Watched::stop);
    timer.shutdownNow();
  }

  private List<Watched<?>> kinds() {
    return List.of(nodes, leases, bases, overlays, pods, syntheses);
  }
}
