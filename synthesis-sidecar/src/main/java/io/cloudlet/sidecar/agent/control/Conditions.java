package io.cloudlet.sidecar.agent.control;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions that the agent writes into one status. For one thread. */
public final class Conditions {
  private final @Nullable Long generation;
  private final List<Condition> before;
  private final List<Condition> found = new ArrayList<>();

  /**
   * None yet.
   *
   * @param generation of the object
   * @param before its conditions until now, of whoever wrote them
   */
  public Conditions(@Nullable Long generation, List<Condition> before) {
    this.generation = generation;
    this.before = before;
  }

  /** It holds. */
  public Conditions holds(String type, String reason, String message) {
    return add(type, ConditionStatus.TRUE, reason, message);
  }

  /** It does not hold. */
  public Conditions fails(String type, String reason, String message) {
    return add(type, ConditionStatus.FALSE, reason, message);
  }

  private Conditions add(String type, ConditionStatus status, String reason, String message) {
    found.add(Condition.found(type, status, generation, reason, message, before));
    return this;
  }

  /** All that have been found. */
  public List<Condition> list() {
    return List.copyOf(found);
  }
}
