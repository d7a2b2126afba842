package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.operator.capture.Captures;
import io.cloudlet.operator.cluster.Change;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.Keys;
import io.cloudlet.operator.cluster.SynthesisIndexes;
import io.cloudlet.operator.cluster.VmPodLabels;
import io.cloudlet.operator.cluster.Wakeups;
import io.cloudlet.operator.placement.Offer;
import io.cloudlet.operator.placement.RoomFreed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What wakes a Synthesis besides its own changes. */
final class SynthesisWakeups {
  private final Cluster cluster;

  private SynthesisWakeups(Cluster cluster) {
    this.cluster = cluster;
  }

  static Wakeups<Synthesis> of(Cluster cluster) {
    var who = new SynthesisWakeups(cluster);
    return new Wakeups<Synthesis>()
        .onOwn(cluster.syntheses(), new RelevantSynthesisChange())
        .on(cluster.bases(), who::byBase)
        .on(cluster.overlays(), who::byOverlay)
        .on(cluster.overlays(), it -> who.captured(it, Captures::of))
        .on(cluster.bases(), it -> who.captured(it, Captures::of))
        .on(cluster.pods(), who::byPod)
        .on(cluster.syntheses(), it -> RoomFreed.byVm(it) ? who.unplaced() : Stream.empty())
        .on(cluster.nodes(), who::byNode)
        .on(cluster.liveness(), who::byLiveness);
  }

  /** Those that wait for it, by name or by digest, and those that wait for the room it took. */
  private Stream<Synthesis> byBase(Change<BaseVM> change) {
    Stream<Synthesis> byRoom = RoomFreed.by(change) ? unplaced() : Stream.empty();
    if (!change.differsIn(SourceView::of)) {
      return byRoom;
    }
    Stream<Synthesis> byDigest =
        change
            .states()
            .map(BaseVM::getStatus)
            .filter(status -> status != null && status.digest() != null)
            .flatMap(
                it -> cluster.syntheses().by(SynthesisIndexes.BASE_DIGEST, it.digest()).stream())
            .filter(it -> it.getSpec().overlayUrl() != null);
    Stream<Synthesis> byOverlay =
        change
            .states()
            .flatMap(base -> unplaced().filter(it -> isBeside(it, base)))
            .filter(it -> it.getSpec().overlayRef() != null);
    Stream<Synthesis> byName =
        change
            .states()
            .flatMap(it -> cluster.syntheses().by(SynthesisIndexes.BASE_NAME, key(it)).stream())
            .filter(SynthesisWakeups::isUnplaced);
    return Stream.of(byRoom, byDigest, byOverlay, byName).flatMap(it -> it);
  }

  private Stream<Synthesis> byOverlay(Change<VMOverlay> change) {
    if (!change.differsIn(SourceView::of)) {
      return Stream.empty();
    }
    return change
        .states()
        .flatMap(it -> cluster.syntheses().by(SynthesisIndexes.OVERLAY_NAME, key(it)).stream())
        .filter(SynthesisWakeups::isUnplaced);
  }

  /** The one whose VM begins or ends to be captured. */
  private <T extends HasMetadata> Stream<Synthesis> captured(
      Change<T> change, Function<T, Optional<String>> capture) {
    return change.differsIn(capture)
        ? change.states().flatMap(it -> capture.apply(it).stream().flatMap(name -> find(it, name)))
        : Stream.empty();
  }

  private Stream<Synthesis> byPod(Change<Pod> change) {
    return change
        .states()
        .flatMap(it -> find(it, it.getMetadata().getLabels().get(VmPodLabels.SYNTHESIS)));
  }

  private Stream<Synthesis> find(HasMetadata beside, @Nullable String name) {
    return name == null
        ? Stream.empty()
        : cluster.syntheses().find(beside.getMetadata().getNamespace(), name).stream();
  }

  /** What is on a node that has come or gone or changed its ways, and everything without a node. */
  private Stream<Synthesis> byNode(Change<CloudletNode> change) {
    if (!change.differsIn(Offer::of)) {
      return Stream.empty();
    }
    boolean turns = change.differsIn(it -> Offer.of(it).vmsAs());
    Stream<Synthesis> there =
        change.states().filter(it -> turns).flatMap(it -> on(it.getMetadata().getName()));
    return Stream.concat(there, unplaced());
  }

  private Stream<Synthesis> byLiveness(String node) {
    return Stream.concat(on(node), unplaced());
  }

  private Stream<Synthesis> on(String node) {
    return cluster.syntheses().by(SynthesisIndexes.NODE, node).stream();
  }

  private Stream<Synthesis> unplaced() {
    return cluster.syntheses().by(SynthesisIndexes.UNPLACED, Keys.YES).stream();
  }

  private static boolean isUnplaced(Synthesis synthesis) {
    return SynthesisStatuses.of(synthesis).node() == null;
  }

  private static boolean isBeside(Synthesis synthesis, HasMetadata other) {
    String namespace = synthesis.getMetadata().getNamespace();
    return namespace.equals(other.getMetadata().getNamespace());
  }

  private static String key(HasMetadata object) {
    return Keys.local(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
