package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.operator.cluster.Change;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a node has, as a BaseVM's status tells it.
 *
 * @param address where packages are served
 * @param bases with progress in the steps in which it is told
 */
record Contents(@Nullable String address, List<NodeBase> bases) {
  static Contents of(@Nullable CloudletNode node) {
    return node == null || node.getStatus() == null
        ? new Contents(null, List.of())
        : new Contents(
            node.getStatus().address(),
            node.getStatus().bases().stream().map(Contents::coarse).toList());
  }

  /** The digests of what has changed. */
  static Set<String> differing(Change<CloudletNode> change) {
    Contents before = of(change.before());
    Contents after = of(change.after());
    boolean moved = !Objects.equals(before.address, after.address);
    return Stream.of(before, after)
        .flatMap(it -> it.bases.stream())
        .filter(it -> moved || !before.bases.contains(it) || !after.bases.contains(it))
        .map(NodeBase::digest)
        .collect(Collectors.toSet());
  }

  Set<String> digests() {
    return bases.stream().map(NodeBase::digest).collect(Collectors.toSet());
  }

  private static NodeBase coarse(NodeBase base) {
    return new NodeBase(
        base.digest(),
        base.phase(),
        BaseVMCopies.coarse(base.progress()),
        base.storedBytes(),
        base.packageBytes(),
        base.message());
  }
}
