package io.cloudlet.operator.node;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeStatus;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.status.Findings;
import io.cloudlet.operator.status.Reason;
import java.util.List;

/**
 * Says of a node whether its agent answers, which an agent that does not cannot say itself.
 *
 * @param cluster knows the agents' Leases
 */
record NodeLife(Cluster cluster) {
  private static final String ALIVE = "Alive";

  /** The conditions of a node, of whoever wrote them. */
  static List<Condition> of(CloudletNode node) {
    CloudletNodeStatus status = node.getStatus();
    return status == null ? List.of() : status.conditions();
  }

  /** What the operator has said until now. */
  List<Condition> said(CloudletNode node) {
    return of(node).stream().filter(it -> it.type().equals(ALIVE)).toList();
  }

  /** What it says now. Of an agent that is about to write its first Lease it says nothing. */
  List<Condition> found(CloudletNode node) {
    String name = node.getMetadata().getName();
    Findings findings = new Findings(of(node), node.getMetadata().getGeneration());
    if (cluster.isAlive(name)) {
      findings.add(ALIVE, ConditionStatus.TRUE, Reason.ALIVE, "the agent of the node answers");
    } else if (!said(node).isEmpty()) {
      findings.add(
          ALIVE,
          ConditionStatus.FALSE,
          Reason.NODE_LOST,
          "the agent of the node has not renewed its Lease in time: start it, or delete this"
              + " CloudletNode if the node never comes back");
    }
    return findings.list();
  }
}
