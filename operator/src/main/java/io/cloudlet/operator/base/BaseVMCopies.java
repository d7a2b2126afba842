package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.NodeCopy;
import io.cloudlet.api.v1alpha1.NodeCopyPhase;
import io.cloudlet.api.v1alpha1.Progress;
import io.cloudlet.operator.cluster.CloudletNodeIndexes;
import io.cloudlet.operator.cluster.Cluster;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which nodes hold a base VM. */
final class BaseVMCopies {
  /** What the API takes. */
  private static final int MOST = 5000;

  /** Progress is told in steps, so that a thousand nodes that fetch are not a thousand writes. */
  private static final int STEP_PERCENT = 25;

  private final Cluster cluster;

  BaseVMCopies(Cluster cluster) {
    this.cluster = cluster;
  }

  /** All copies, sorted by the names of their nodes. */
  List<NodeCopy> of(@Nullable String digest) {
    if (digest == null) {
      return List.of();
    }
    return cluster.nodes().by(CloudletNodeIndexes.HOLDING, digest).stream()
        .flatMap(node -> copy(node, digest))
        .sorted(Comparator.comparing(NodeCopy::name))
        .limit(MOST)
        .toList();
  }

  /** On how many nodes it can be used. */
  int usable(List<NodeCopy> copies) {
    long count =
        copies.stream()
            .filter(it -> it.phase() == NodeCopyPhase.READY)
            .filter(it -> cluster.liveness().isAlive(it.name()))
            .count();
    return Math.toIntExact(count);
  }

  private Stream<NodeCopy> copy(CloudletNode node, String digest) {
    String name = node.getMetadata().getName();
    boolean alive = cluster.liveness().isAlive(name);
    return node.getStatus().bases().stream()
        .filter(it -> it.digest().equals(digest))
        .map(it -> copy(name, it, alive ? it.message() : "the node does not answer"));
  }

  private static NodeCopy copy(String node, NodeBase base, @Nullable String message) {
    return new NodeCopy(node, base.phase(), coarse(base.progress()), message);
  }

  /** Progress in whole steps. */
  static @Nullable Progress coarse(@Nullable Progress progress) {
    Integer percent = progress == null ? null : progress.percent();
    Long total = progress == null ? null : progress.totalBytes();
    if (percent == null || total == null) {
      return null;
    }
    int step = percent / STEP_PERCENT * STEP_PERCENT;
    return new Progress(total / 100 * step, total, step);
  }
}
