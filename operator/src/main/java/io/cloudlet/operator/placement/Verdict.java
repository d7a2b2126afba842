package io.cloudlet.operator.placement;

import io.cloudlet.operator.status.Problem;

/** Where something goes, or why nowhere. */
public sealed interface Verdict {
  /**
   * There is a node.
   *
   * @param node its name
   * @param why in a few words, for people
   */
  record Placed(String node, String why) implements Verdict {}

  /** There is none, as long as nothing changes. */
  record Nowhere(Problem problem) implements Verdict {}
}
