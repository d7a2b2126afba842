package io.cloudlet.operator.overlay;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.operator.capture.RunningSynthesis;
import io.cloudlet.operator.cluster.Change;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.Keys;
import io.cloudlet.operator.cluster.VMOverlayIndexes;
import io.cloudlet.operator.cluster.Wakeups;
import io.cloudlet.operator.placement.Offer;
import java.util.stream.Stream;

/** What wakes a VMOverlay besides its own changes. */
final class VMOverlayWakeups {
  private final Cluster cluster;

  private VMOverlayWakeups(Cluster cluster) {
    this.cluster = cluster;
  }

  static Wakeups<VMOverlay> of(Cluster cluster) {
    var who = new VMOverlayWakeups(cluster);
    return new Wakeups<VMOverlay>()
        .onOwn(cluster.overlays(), new RelevantVMOverlayChange())
        .on(cluster.syntheses(), who::bySynthesis)
        .on(cluster.nodes(), who::byNode)
        .on(cluster.liveness(), who::byLiveness);
  }

  /** What it is made of, as soon as it is; and what is captured from it. */
  private Stream<VMOverlay> bySynthesis(Change<Synthesis> change) {
    boolean comesOrGoes = change.before() == null || change.after() == null;
    Stream<VMOverlay> used = change.states().filter(it -> comesOrGoes).flatMap(this::usedBy);
    Stream<VMOverlay> captured =
        change.differsIn(RunningSynthesis::view)
            ? change.states().flatMap(this::capturedFrom)
            : Stream.empty();
    return Stream.concat(used, captured);
  }

  private Stream<VMOverlay> usedBy(Synthesis synthesis) {
    ObjectRef ref = synthesis.getSpec().overlayRef();
    String namespace = synthesis.getMetadata().getNamespace();
    return ref == null ? Stream.empty() : cluster.overlays().find(namespace, ref.name()).stream();
  }

  private Stream<VMOverlay> capturedFrom(Synthesis synthesis) {
    String key =
        Keys.local(synthesis.getMetadata().getNamespace(), synthesis.getMetadata().getName());
    return cluster.overlays().by(VMOverlayIndexes.SYNTHESIS_NAME, key).stream();
  }

  private Stream<VMOverlay> byNode(Change<CloudletNode> change) {
    boolean comesOrGoes = change.before() == null || change.after() == null;
    Stream<VMOverlay> there =
        change.states().filter(it -> comesOrGoes).flatMap(it -> on(it.getMetadata().getName()));
    Stream<VMOverlay> waiting = change.differsIn(Offer::of) ? unplaced() : Stream.empty();
    return Stream.concat(there, waiting);
  }

  private Stream<VMOverlay> byLiveness(String node) {
    return Stream.concat(on(node), unplaced());
  }

  private Stream<VMOverlay> on(String node) {
    return cluster.overlays().by(VMOverlayIndexes.NODE, node).stream();
  }

  private Stream<VMOverlay> unplaced() {
    return cluster.overlays().by(VMOverlayIndexes.UNPLACED, Keys.YES).stream();
  }
}
