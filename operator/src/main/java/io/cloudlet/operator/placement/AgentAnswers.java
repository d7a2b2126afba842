package io.cloudlet.operator.placement;

import java.util.List;

/** Whether the node can be reached. */
final class AgentAnswers implements NodeFilter {
  @Override
  public boolean fits(Demand demand, Candidate node) {
    return node.alive();
  }

  @Override
  public String because(Demand demand, List<Candidate> refused) {
    return NodeFilter.verb(refused, "has", "have") + " no agent answering";
  }
}
