package io.cloudlet.operator.placement;

import java.util.List;

/** Whether the node has all labels of the selector. */
final class LabelsMatch implements NodeFilter {
  @Override
  public boolean fits(Demand demand, Candidate node) {
    return node.labels().entrySet().containsAll(demand.nodeSelector().entrySet());
  }

  @Override
  public String because(Demand demand, List<Candidate> refused) {
    List<String> labels =
        demand.nodeSelector().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .sorted()
            .toList();
    return NodeFilter.verb(refused, "lacks", "lack") + " label " + String.join(", ", labels);
  }
}
