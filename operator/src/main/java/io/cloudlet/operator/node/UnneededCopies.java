package io.cloudlet.operator.node;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeStatus;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.NodeCopyPhase;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.WantedBase;
import io.cloudlet.operator.cluster.BaseVMIndexes;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.SynthesisIndexes;
import io.cloudlet.operator.cluster.VMOverlayIndexes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node has of base VMs and overlays that no object names any more, in any namespace. It is
 * the memory and the disks of guests: with the last object that names it, it shall go.
 */
final class UnneededCopies {
  /** What the API takes; the rest follows when these are gone. */
  private static final int MOST = 1000;

  private final Cluster cluster;

  UnneededCopies(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * The digests.
   *
   * @param wanted what the node shall hold
   */
  List<String> of(CloudletNode node, List<WantedBase> wanted) {
    CloudletNodeStatus status = node.getStatus();
    if (status == null) {
      return List.of();
    }
    Set<String> held = wanted.stream().map(WantedBase::digest).collect(Collectors.toSet());
    Stream<String> bases =
        status.bases().stream()
            .filter(it -> it.phase() == NodeCopyPhase.READY)
            .map(NodeBase::digest)
            .filter(it -> !held.contains(it) && !isBaseNamed(it));
    Stream<String> overlays = status.overlays().stream().filter(it -> !isOverlayNamed(it));
    return Stream.concat(bases, overlays).distinct().sorted().limit(MOST).toList();
  }

  /** Whether some object stands for a base VM, or has a VM that stands on it. */
  boolean isBaseNamed(String digest) {
    return !cluster.bases().by(BaseVMIndexes.NAMED_DIGEST, digest).isEmpty()
        || cluster.syntheses().by(SynthesisIndexes.BASE_DIGEST, digest).stream()
            .anyMatch(UnneededCopies::hasIt);
  }

  /** That an overlay from elsewhere needs a base VM gives nobody a right to it. */
  private static boolean hasIt(Synthesis synthesis) {
    return synthesis.getSpec().overlayUrl() == null || synthesis.getStatus().vm() != null;
  }

  /** Whether some object stands for an overlay, or for a VM that is made of it. */
  boolean isOverlayNamed(String digest) {
    return !cluster.overlays().by(VMOverlayIndexes.DIGEST, digest).isEmpty()
        || !cluster.syntheses().by(SynthesisIndexes.OVERLAY_DIGEST, digest).isEmpty();
  }
}
