package io.cloudlet.operator.placement;

import io.cloudlet.api.words.MemorySize;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the node has memory for one more guest. */
final class MemoryFits implements NodeFilter {
  /** How many nodes are named one by one. */
  private static final int LISTED = 5;

  @Override
  public boolean fits(Demand demand, Candidate node) {
    // A guest of unknown size has some memory, too.
    return node.freeBytes() >= Math.max(1, demand.memoryBytes());
  }

  @Override
  public String because(Demand demand, List<Candidate> refused) {
    String free =
        refused.stream()
            .limit(LISTED)
            .map(node -> MemorySize.of(node.freeBytes()))
            .collect(Collectors.joining(", "));
    String more = refused.size() > LISTED ? ", …" : "";
    String need = demand.memoryBytes() == 0 ? "some" : MemorySize.of(demand.memoryBytes());
    String verb = NodeFilter.verb(refused, "lacks", "lack");
    return verb + " memory (need " + need + ", free " + free + more + ")";
  }
}
