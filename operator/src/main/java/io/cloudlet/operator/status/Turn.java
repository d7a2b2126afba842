package io.cloudlet.operator.status;

import io.cloudlet.api.v1alpha1.Condition;
import java.util.List;
import java.util.Optional;

/** Whose words phase and the condition Ready are. */
public enum Turn {
  /** The operator's: no agent has begun. */
  OPERATOR,
  /** Those of the agent of the node. */
  AGENT,
  /** The agent has begun and does not answer: the operator says so, and leaves the phase. */
  LOST;

  /**
   * Whose turn it is.
   *
   * @param begun whether an agent has written that it works on it
   * @param alive whether the agent answers
   */
  public static Turn of(boolean begun, boolean alive) {
    if (!begun) {
      return OPERATOR;
    }
    return alive ? AGENT : LOST;
  }

  /**
   * The condition Ready as far as it is the operator's. In the agent's turn that is what the
   * operator said of a lost node: it stays until the agent has written its own, because a field
   * that nobody applies any more would vanish.
   */
  public Optional<Condition> ownReady(List<Condition> conditions) {
    return Condition.find(conditions, Condition.READY)
        .filter(it -> this != AGENT || Reason.isOfOperator(it.reason()));
  }
}
