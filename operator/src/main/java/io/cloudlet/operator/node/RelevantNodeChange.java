package io.cloudlet.operator.node;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeSpec;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;

/** Which updates of a node concern what it shall hold: not how far its copies have come. */
public final class RelevantNodeChange implements OnUpdateFilter<CloudletNode> {
  @Override
  public boolean accept(CloudletNode now, CloudletNode before) {
    return !Holding.of(now).equals(Holding.of(before))
        || !overlays(now).equals(overlays(before))
        || !wish(now).equals(wish(before));
  }

  private static List<String> overlays(CloudletNode node) {
    return node.getStatus() == null ? List.of() : node.getStatus().overlays();
  }

  private static List<Object> wish(CloudletNode node) {
    CloudletNodeSpec spec = node.getSpec();
    return spec == null ? List.of(List.of(), List.of()) : List.of(spec.bases(), spec.discard());
  }
}
