package io.cloudlet.operator.placement;

import java.util.List;

/** Whether the node has room for what has to be fetched. */
final class CacheHasRoom implements NodeFilter {
  @Override
  public boolean fits(Demand demand, Candidate node) {
    return !demand.cacheRoom() || node.cacheBytes() > 0;
  }

  @Override
  public String because(Demand demand, List<Candidate> refused) {
    return NodeFilter.verb(refused, "has", "have") + " no room in the cache";
  }
}
