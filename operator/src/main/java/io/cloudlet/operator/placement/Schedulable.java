package io.cloudlet.operator.placement;

import java.util.List;

/** Whether people want new VMs on the node. */
final class Schedulable implements NodeFilter {
  @Override
  public boolean fits(Demand demand, Candidate node) {
    return !node.unschedulable();
  }

  @Override
  public String because(Demand demand, List<Candidate> refused) {
    return NodeFilter.verb(refused, "is", "are") + " unschedulable";
  }
}
