package io.cloudlet.operator.placement;

import java.util.List;

/** One reason why a node cannot be taken. Without state. */
interface NodeFilter {
  /** Whether the node offers what this filter looks at. */
  boolean fits(Demand demand, Candidate node);

  /**
   * Says why in a few words, after the number of nodes.
   *
   * @param refused the nodes that this filter has refused, at least one, sorted by name
   */
  String because(Demand demand, List<Candidate> refused);

  /** The verb for one node or several. */
  static String verb(List<Candidate> nodes, String ofOne, String ofSeveral) {
    return nodes.size() == 1 ? ofOne : ofSeveral;
  }
}
