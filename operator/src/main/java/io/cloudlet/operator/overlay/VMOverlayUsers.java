package io.cloudlet.operator.overlay;

import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.Keys;
import io.cloudlet.operator.cluster.SynthesisIndexes;
import java.util.List;

/** What needs an overlay: VMs that are made of it. */
final class VMOverlayUsers {
  /** What the API takes. */
  private static final int MOST = 100;

  private final Cluster cluster;

  VMOverlayUsers(Cluster cluster) {
    this.cluster = cluster;
  }

  List<String> of(VMOverlay overlay) {
    String key = Keys.local(overlay.getMetadata().getNamespace(), overlay.getMetadata().getName());
    return cluster.syntheses().by(SynthesisIndexes.OVERLAY_NAME, key).stream()
        .map(it -> it.getKind() + " " + it.getMetadata().getName())
        .sorted()
        .limit(MOST)
        .toList();
  }
}
