package io.cloudlet.operator.node;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.operator.cluster.BaseVMIndexes;
import io.cloudlet.operator.cluster.Change;
import io.cloudlet.operator.cluster.CloudletNodeIndexes;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.SynthesisIndexes;
import io.cloudlet.operator.cluster.Wakeups;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What wakes a node besides its own changes. */
final class CloudletNodeWakeups {
  private final Cluster cluster;
  private final CopyHolders copies;

  private CloudletNodeWakeups(Cluster cluster) {
    this.cluster = cluster;
    this.copies = new CopyHolders(cluster);
  }

  static Wakeups<CloudletNode> of(Cluster cluster) {
    var who = new CloudletNodeWakeups(cluster);
    return new Wakeups<CloudletNode>()
        .onOwn(cluster.nodes(), new RelevantNodeChange())
        .on(cluster.syntheses(), who::bySynthesis)
        .on(cluster.bases(), who::byBase)
        .on(cluster.syntheses(), who.copies::bySynthesis)
        .on(cluster.overlays(), who.copies::byOverlay)
        .on(cluster.bases(), who.copies::byBase)
        .on(cluster.nodes(), who::byNode)
        .on(cluster.liveness(), who::byLiveness);
  }

  private Stream<CloudletNode> bySynthesis(Change<Synthesis> change) {
    if (!change.differsIn(CloudletNodeWakeups::placeAndBase)) {
      return Stream.empty();
    }
    return change
        .states()
        .map(Synthesis::getStatus)
        .filter(Objects::nonNull)
        .flatMap(it -> node(it.node()));
  }

  private static @Nullable List<Optional<String>> placeAndBase(Synthesis synthesis) {
    SynthesisStatus status = synthesis.getStatus();
    return status == null
        ? null
        : List.of(Optional.ofNullable(status.node()), Optional.ofNullable(status.baseDigest()));
  }

  /** Its maker, the nodes that shall hold it, and those whose VMs wait for it. */
  private Stream<CloudletNode> byBase(Change<BaseVM> change) {
    if (!change.differsIn(CloudletNodeWakeups::placeAndDigest)) {
      return Stream.empty();
    }
    List<CloudletNode> nodes = new ArrayList<>();
    change
        .states()
        .map(BaseVM::getStatus)
        .filter(Objects::nonNull)
        .forEach(status -> {
          node(status.node()).forEach(nodes::add);
          Optional.ofNullable(status.digest()).ifPresent(it -> addConcerned(it, nodes));
        });
    return nodes.stream();
  }

  private void addConcerned(String digest, List<CloudletNode> nodes) {
    nodes.addAll(cluster.nodes().by(CloudletNodeIndexes.WANTING, digest));
    cluster.syntheses().by(SynthesisIndexes.BASE_DIGEST, digest).stream()
        .flatMap(it -> node(it.getStatus().node()))
        .forEach(nodes::add);
  }

  private static @Nullable List<Object> placeAndDigest(BaseVM base) {
    BaseVMStatus status = base.getStatus();
    return status == null
        ? null
        : List.of(
            Optional.ofNullable(status.node()),
            Optional.ofNullable(status.digest()),
            base.isMarkedForDeletion());
  }

  /** Those that want what a node has got, or has lost. */
  private Stream<CloudletNode> byNode(Change<CloudletNode> change) {
    return change.differsIn(Holding::of)
        ? change.states().flatMap(this::customers)
        : Stream.empty();
  }

  /** The node itself, those that want what it has, and those that may keep what it made. */
  private Stream<CloudletNode> byLiveness(String name) {
    Stream<CloudletNode> keepers =
        cluster.bases().by(BaseVMIndexes.NODE, name).stream()
            .map(it -> it.getStatus().digest())
            .filter(Objects::nonNull)
            .flatMap(it -> cluster.nodes().by(CloudletNodeIndexes.HOLDING, it).stream());
    Stream<CloudletNode> concerned = Stream.concat(node(name).flatMap(this::customers), keepers);
    return Stream.concat(node(name), concerned);
  }

  private Stream<CloudletNode> customers(CloudletNode node) {
    return Holding.of(node).bases().stream()
        .flatMap(it -> cluster.nodes().by(CloudletNodeIndexes.WANTING, it).stream());
  }

  private Stream<CloudletNode> node(@Nullable String name) {
    return name == null ? Stream.empty() : cluster.node(name).stream();
  }
}
