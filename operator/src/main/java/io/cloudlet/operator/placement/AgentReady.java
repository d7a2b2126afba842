package io.cloudlet.operator.placement;

import java.util.List;

/** Whether the node can run VMs at all. */
final class AgentReady implements NodeFilter {
  @Override
  public boolean fits(Demand demand, Candidate node) {
    return node.ready();
  }

  @Override
  public String because(Demand demand, List<Candidate> refused) {
    return NodeFilter.verb(refused, "is", "are") + " not ready";
  }
}
