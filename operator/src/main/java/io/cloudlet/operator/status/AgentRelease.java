package io.cloudlet.operator.status;

import io.cloudlet.operator.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets an object go once its agent has cleaned up. The operator's own finalizer goes last, so that
 * there is always somebody who can release the agent's when there is no agent any more.
 */
public final class AgentRelease {
  private final Cluster cluster;

  /** Looks for agents in a cluster. */
  public AgentRelease(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What the deletion waits for, if anything; takes the agent's finalizer away where no agent can.
   *
   * @param node where the object was placed
   */
  public <P extends HasMetadata> Optional<Problem> awaited(
      P object, @Nullable String node, Context<P> context) {
    if (!object.hasFinalizer(Own.AGENT_FINALIZER)) {
      return Optional.empty();
    }
    if (node == null || cluster.node(node).isEmpty()) {
      var _ = context.resourceOperations().removeFinalizer(Own.AGENT_FINALIZER);
      return Optional.empty();
    }
    return Optional.of(
        cluster.isAlive(node)
            ? new Problem(
                Reason.TERMINATING, "waiting for the agent of node " + node + " to clean up")
            : new Problem(
                Reason.NODE_LOST,
                "node "
                    + node
                    + " has to clean up and does not answer: start its agent, or delete"
                    + " CloudletNode "
                    + node
                    + " if it never comes back"));
  }
}
