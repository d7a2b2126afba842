package io.cloudlet.operator.overlay;

import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.operator.capture.RunningSynthesis;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.placement.Assignment;
import io.cloudlet.operator.placement.Demand;
import io.cloudlet.operator.placement.Placer;
import io.cloudlet.operator.status.Turn;

/** Finds the node where an overlay is captured or read, once; what an agent has begun stays. */
final class VMOverlayPlacer {
  private final Cluster cluster;
  private final Placer placer;
  private final RunningSynthesis running;

  VMOverlayPlacer(Cluster cluster, Placer placer) {
    this.cluster = cluster;
    this.placer = placer;
    this.running = new RunningSynthesis(cluster);
  }

  Assignment assign(VMOverlay overlay, VMOverlayStatus now, Turn turn) {
    String node = now.node();
    if (node != null && (turn != Turn.OPERATOR || cluster.isAlive(node))) {
      return new Assignment.Settled(node);
    }
    ObjectRef synthesis = overlay.getSpec().synthesisRef();
    return Assignment.of(
        synthesis == null
            ? placer.place(overlay, Demand.ANY.withCacheRoom())
            : running.node(overlay.getMetadata().getNamespace(), synthesis));
  }
}
