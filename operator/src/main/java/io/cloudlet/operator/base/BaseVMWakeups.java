package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.operator.capture.RunningSynthesis;
import io.cloudlet.operator.cluster.BaseVMIndexes;
import io.cloudlet.operator.cluster.Change;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.Keys;
import io.cloudlet.operator.cluster.Wakeups;
import io.cloudlet.operator.placement.Offer;
import io.cloudlet.operator.placement.RoomFreed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What wakes a BaseVM besides its own changes. */
final class BaseVMWakeups {
  private final Cluster cluster;

  private BaseVMWakeups(Cluster cluster) {
    this.cluster = cluster;
  }

  static Wakeups<BaseVM> of(Cluster cluster) {
    var who = new BaseVMWakeups(cluster);
    return new Wakeups<BaseVM>()
        .onOwn(cluster.bases(), new RelevantBaseVMChange())
        .on(cluster.syntheses(), who::bySynthesis)
        .on(cluster.overlays(), who::byOverlay)
        .on(cluster.bases(), change -> RoomFreed.by(change) ? who.unplaced() : Stream.empty())
        .on(cluster.bases(), who::byTwin)
        .on(cluster.nodes(), who::byNode)
        .on(cluster.liveness(), who::byLiveness);
  }

  /** What it uses, what is captured from it, and what waits for the room that it took. */
  private Stream<BaseVM> bySynthesis(Change<Synthesis> change) {
    Stream<BaseVM> used =
        change.differsIn(BaseVMWakeups::baseOf)
            ? change.states().flatMap(this::usedBy)
            : Stream.empty();
    Stream<BaseVM> captured =
        change.differsIn(RunningSynthesis::view)
            ? change.states().flatMap(this::capturedFrom)
            : Stream.empty();
    Stream<BaseVM> waiting = RoomFreed.byVm(change) ? unplaced() : Stream.empty();
    return Stream.of(used, captured, waiting).flatMap(it -> it);
  }

  private static @Nullable String baseOf(Synthesis synthesis) {
    SynthesisStatus status = synthesis.getStatus();
    return status == null ? null : status.baseDigest();
  }

  private Stream<BaseVM> usedBy(Synthesis synthesis) {
    String namespace = synthesis.getMetadata().getNamespace();
    ObjectRef ref = synthesis.getSpec().baseRef();
    Stream<BaseVM> named =
        ref == null ? Stream.empty() : cluster.bases().find(namespace, ref.name()).stream();
    return Stream.concat(named, called(baseOf(synthesis), namespace));
  }

  private Stream<BaseVM> capturedFrom(Synthesis synthesis) {
    String key =
        Keys.local(synthesis.getMetadata().getNamespace(), synthesis.getMetadata().getName());
    return cluster.bases().by(BaseVMIndexes.SYNTHESIS_NAME, key).stream();
  }

  private Stream<BaseVM> byOverlay(Change<VMOverlay> change) {
    return change.differsIn(BaseVMWakeups::baseOf)
        ? change.states().flatMap(it -> called(baseOf(it), it.getMetadata().getNamespace()))
        : Stream.empty();
  }

  private static @Nullable String baseOf(VMOverlay overlay) {
    VMOverlayStatus status = overlay.getStatus();
    return status == null ? null : status.baseDigest();
  }

  /** Which of several answers for their digest depends on all of them. */
  private Stream<BaseVM> byTwin(Change<BaseVM> change) {
    return change.differsIn(BaseVMWakeups::role)
        ? change
            .states()
            .flatMap(it -> called(BaseVMStatuses.of(it).digest(), it.getMetadata().getNamespace()))
        : Stream.empty();
  }

  private static List<Object> role(BaseVM base) {
    BaseVMStatus status = BaseVMStatuses.of(base);
    return List.of(
        Optional.ofNullable(status.digest()),
        base.isMarkedForDeletion(),
        Condition.isTrue(status.conditions(), Condition.READY));
  }

  /** What the node has, when that has changed; and what waits for a node like it. */
  private Stream<BaseVM> byNode(Change<CloudletNode> change) {
    Stream<BaseVM> held =
        change.differsIn(Contents::of)
            ? Contents.differing(change).stream().flatMap(this::called)
            : Stream.empty();
    boolean comesOrGoes = change.before() == null || change.after() == null;
    Stream<BaseVM> made =
        change.states().filter(it -> comesOrGoes).flatMap(it -> madeOn(it.getMetadata().getName()));
    Stream<BaseVM> waiting = change.differsIn(Offer::of) ? unplaced() : Stream.empty();
    return Stream.of(held, made, waiting).flatMap(it -> it);
  }

  private Stream<BaseVM> byLiveness(String node) {
    Stream<BaseVM> held =
        cluster.node(node).stream()
            .flatMap(it -> Contents.of(it).digests().stream())
            .flatMap(this::called);
    return Stream.of(held, madeOn(node), unplaced()).flatMap(it -> it);
  }

  private Stream<BaseVM> madeOn(String node) {
    return cluster.bases().by(BaseVMIndexes.NODE, node).stream();
  }

  private Stream<BaseVM> called(String digest) {
    return cluster.bases().by(BaseVMIndexes.DIGEST, digest).stream();
  }

  private Stream<BaseVM> called(@Nullable String digest, String namespace) {
    return digest == null
        ? Stream.empty()
        : called(digest).filter(it -> namespace.equals(it.getMetadata().getNamespace()));
  }

  private Stream<BaseVM> unplaced() {
    return cluster.bases().by(BaseVMIndexes.UNPLACED, Keys.YES).stream();
  }
}
