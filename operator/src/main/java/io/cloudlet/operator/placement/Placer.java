package io.cloudlet.operator.placement;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeSpec;
import io.cloudlet.api.v1alpha1.CloudletNodeStatus;
import io.cloudlet.api.v1alpha1.CloudletNodeStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.NodeCache;
import io.cloudlet.api.v1alpha1.NodeCopyPhase;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.operator.cluster.BaseVMIndexes;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.SynthesisIndexes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Places one thing after the other on the nodes that there are. Thread-safe. */
public final class Placer {
  private static final CloudletNodeStatus NOTHING = new CloudletNodeStatusBuilder().build();

  private final Cluster cluster;
  private final PlacementListener listener;
  private final Assumptions assumptions;
  private final Scheduler scheduler = new Scheduler();

  /** Places on the nodes of a cluster, and tells a listener of it. */
  public Placer(Cluster cluster, InstantSource clock, PlacementListener listener) {
    this.cluster = cluster;
    this.listener = listener;
    this.assumptions = new Assumptions(clock);
    cluster.syntheses().onChange(change -> assumptions.settle(change, Placer::nodeOf));
    cluster.bases().onChange(change -> assumptions.settle(change, Placer::nodeOf));
  }

  /** Finds a node, whose room is taken from then on. */
  public synchronized Verdict place(HasMetadata object, Demand demand) {
    long begin = System.nanoTime();
    String uid = object.getMetadata().getUid();
    Map<String, Long> assumed = assumptions.bytesByNode(uid);
    List<Candidate> nodes = cluster.nodes().all().map(it -> candidate(it, uid, assumed)).toList();
    Verdict verdict = scheduler.choose(demand, nodes);
    if (verdict instanceof Verdict.Placed placed && demand.memoryBytes() > 0) {
      assumptions.put(uid, placed.node(), demand.memoryBytes());
    }
    listener.placed(verdict, System.nanoTime() - begin);
    return verdict;
  }

  private Candidate candidate(CloudletNode node, String exceptUid, Map<String, Long> assumed) {
    String name = node.getMetadata().getName();
    CloudletNodeStatus status = node.getStatus();
    CloudletNodeStatus has = status == null ? NOTHING : status;
    return new Candidate(
        name,
        Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of()),
        cluster.liveness().isAlive(name),
        Condition.isTrue(has.conditions(), Condition.READY),
        isUnschedulable(node.getSpec()),
        Set.copyOf(has.accelerators()),
        new HashSet<>(has.cpuModels()),
        new HashSet<>(has.machineTypes()),
        Objects.requireNonNullElse(has.memoryBytes(), 0L),
        taken(name, exceptUid) + assumed.getOrDefault(name, 0L),
        room(has.cache()),
        readyBases(has),
        new HashSet<>(has.overlays()));
  }

  /** Memory of what the cache shows there; what is assumed is counted elsewhere. */
  private long taken(String node, String exceptUid) {
    long syntheses =
        cluster.syntheses().by(SynthesisIndexes.NODE, node).stream()
            .filter(it -> counts(it, exceptUid))
            .mapToLong(Guests::bytes)
            .sum();
    long bases =
        cluster.bases().by(BaseVMIndexes.NODE, node).stream()
            .filter(it -> counts(it, exceptUid))
            .mapToLong(Guests::bytes)
            .sum();
    return syntheses + bases;
  }

  private boolean counts(HasMetadata object, String exceptUid) {
    String uid = object.getMetadata().getUid();
    return !uid.equals(exceptUid) && !assumptions.has(uid);
  }

  private static boolean isUnschedulable(@Nullable CloudletNodeSpec spec) {
    return spec != null && Boolean.TRUE.equals(spec.unschedulable());
  }

  /** What can be evicted counts as room: the agent knows what nothing uses. */
  private static long room(@Nullable NodeCache cache) {
    return cache == null ? 0 : Math.min(cache.limitBytes(), cache.freeBytes() + cache.usedBytes());
  }

  private static Set<String> readyBases(CloudletNodeStatus status) {
    return status.bases().stream()
        .filter(base -> base.phase() == NodeCopyPhase.READY)
        .map(NodeBase::digest)
        .collect(Collectors.toSet());
  }

  private static @Nullable String nodeOf(Synthesis synthesis) {
    SynthesisStatus status = synthesis.getStatus();
    return status == null ? null : status.node();
  }

  private static @Nullable String nodeOf(BaseVM base) {
    BaseVMStatus status = base.getStatus();
    return status == null ? null : status.node();
  }
}
