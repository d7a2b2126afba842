package io.cloudlet.operator.node;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.NodeCopyPhase;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.WantedBase;
import io.cloudlet.operator.cluster.BaseVMIndexes;
import io.cloudlet.operator.cluster.CloudletNodeIndexes;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.SynthesisIndexes;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which base VMs a node shall hold: those of its VMs, and those that it keeps for all. */
final class WantedBases {
  /** What the API takes for one node. */
  private static final int MOST = 1000;

  private final Cluster cluster;
  private final PackageUrls urls;

  WantedBases(Cluster cluster) {
    this.cluster = cluster;
    this.urls = new PackageUrls(cluster);
  }

  List<WantedBase> of(CloudletNode node) {
    String name = node.getMetadata().getName();
    Set<String> digests = new TreeSet<>();
    forVms(name).forEach(digests::add);
    made(name).forEach(digests::add);
    kept(node).forEach(digests::add);
    return digests.stream().limit(MOST).map(digest -> wanted(node, digest)).toList();
  }

  /** Stopped VMs, too: their disks lie on the base VM's. */
  private Stream<String> forVms(String node) {
    return cluster.syntheses().by(SynthesisIndexes.NODE, node).stream()
        .filter(it -> it.getSpec().overlayUrl() == null || isHere(it))
        .map(Synthesis::getStatus)
        .map(SynthesisStatus::baseDigest)
        .filter(Objects::nonNull);
  }

  /** Whether the base VM that an overlay from elsewhere needs belongs to its namespace, too. */
  private boolean isHere(Synthesis synthesis) {
    String digest = synthesis.getStatus().baseDigest();
    return digest != null
        && cluster.bases().by(BaseVMIndexes.DIGEST, digest).stream()
            .anyMatch(it ->
                it.getMetadata().getNamespace().equals(synthesis.getMetadata().getNamespace()));
  }

  private Stream<String> made(String node) {
    return cluster.bases().by(BaseVMIndexes.NODE, node).stream()
        .filter(it -> !it.isMarkedForDeletion())
        .map(BaseVM::getStatus)
        .map(BaseVMStatus::digest)
        .filter(Objects::nonNull);
  }

  /** Copies of base VMs whose maker is lost, so that one copy at least is never evicted. */
  private Stream<String> kept(CloudletNode node) {
    if (node.getStatus() == null) {
      return Stream.empty();
    }
    return node.getStatus().bases().stream()
        .filter(it -> it.phase() == NodeCopyPhase.READY)
        .map(NodeBase::digest)
        .filter(digest ->
            cluster.bases().by(BaseVMIndexes.DIGEST, digest).stream().anyMatch(this::isOrphaned))
        .filter(digest -> isKeeper(node, digest));
  }

  private boolean isOrphaned(BaseVM base) {
    return !base.isMarkedForDeletion() && !cluster.isAlive(base.getStatus().node());
  }

  private boolean isKeeper(CloudletNode node, String digest) {
    return cluster.nodes().by(CloudletNodeIndexes.HOLDING, digest).stream()
        .filter(it -> cluster.liveness().isAlive(it.getMetadata().getName()))
        .filter(it -> holds(it, digest))
        .map(it -> it.getMetadata().getName())
        .min(Comparator.naturalOrder())
        .filter(node.getMetadata().getName()::equals)
        .isPresent();
  }

  private static boolean holds(CloudletNode node, String digest) {
    return node.getStatus().bases().stream()
        .anyMatch(it -> it.digest().equals(digest) && it.phase() == NodeCopyPhase.READY);
  }

  /** What a node has already it need not fetch: where it came from does not matter any more. */
  private WantedBase wanted(CloudletNode node, String digest) {
    boolean there = node.getStatus() != null && holds(node, digest);
    return new WantedBase(
        digest, there ? List.of() : urls.forNode(node.getMetadata().getName(), digest));
  }
}
