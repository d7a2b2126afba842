package io.cloudlet.operator.node;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeStatus;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.NodeCopyPhase;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a node has for others.
 *
 * @param address where it serves it
 * @param bases digests of the base VMs that it has
 * @param packages digests of the base VMs whose package it serves
 */
record Holding(@Nullable String address, Set<String> bases, Set<String> packages) {
  static Holding of(CloudletNode node) {
    CloudletNodeStatus status = node.getStatus();
    if (status == null) {
      return new Holding(null, Set.of(), Set.of());
    }
    Set<String> bases =
        status.bases().stream()
            .filter(it -> it.phase() == NodeCopyPhase.READY)
            .map(NodeBase::digest)
            .collect(Collectors.toSet());
    Set<String> packages =
        status.bases().stream()
            .filter(it -> it.phase() == NodeCopyPhase.READY && it.packageBytes() != null)
            .map(NodeBase::digest)
            .collect(Collectors.toSet());
    return new Holding(status.address(), bases, packages);
  }
}
