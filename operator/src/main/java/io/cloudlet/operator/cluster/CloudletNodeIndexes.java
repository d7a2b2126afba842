package io.cloudlet.operator.cluster;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.WantedBase;
import java.util.List;
import java.util.stream.Stream;

/** How nodes are found. */
public final class CloudletNodeIndexes {
  /** By the digest of a base VM that they have, or that is on its way to them. */
  public static final Index<CloudletNode> HOLDING =
      new Index<>("holding", CloudletNodeIndexes::holding);

  /** By the digest of a base VM that they shall hold. */
  public static final Index<CloudletNode> WANTING =
      new Index<>("wanting", CloudletNodeIndexes::wanting);

  /** By the root digest of an overlay that starts at once there. */
  public static final Index<CloudletNode> PREPARED =
      new Index<>("prepared", CloudletNodeIndexes::prepared);

  private CloudletNodeIndexes() {}

  static List<Index<CloudletNode>> all() {
    return Stream.of(HOLDING, WANTING, PREPARED).toList();
  }

  private static List<String> holding(CloudletNode node) {
    return node.getStatus() == null
        ? List.of()
        : node.getStatus().bases().stream().map(NodeBase::digest).toList();
  }

  private static List<String> prepared(CloudletNode node) {
    return node.getStatus() == null ? List.of() : node.getStatus().overlays();
  }

  private static List<String> wanting(CloudletNode node) {
    return node.getSpec() == null
        ? List.of()
        : node.getSpec().bases().stream().map(WantedBase::digest).toList();
  }
}
