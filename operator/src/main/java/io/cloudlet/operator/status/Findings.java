package io.cloudlet.operator.status;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions as they are found now, one after the other. For one thread. */
public final class Findings {
  /** The type of the condition that says whether there is a node. */
  public static final String SCHEDULED = "Scheduled";

  private final List<Condition> before;
  private final @Nullable Long generation;
  private final List<Condition> found = new ArrayList<>();

  /**
   * Nothing found yet.
   *
   * @param before the conditions until now, all of them
   * @param generation of the object that is looked at
   */
  public Findings(List<Condition> before, @Nullable Long generation) {
    this.before = before;
    this.generation = generation;
  }

  /** Something holds, does not hold, or nobody can say. */
  public Findings add(String type, ConditionStatus status, Reason reason, String message) {
    found.add(Condition.found(type, status, generation, reason.word(), message, before));
    return this;
  }

  /** Something does not hold, because of a problem. */
  public Findings add(String type, Problem problem) {
    return add(type, ConditionStatus.FALSE, problem.reason(), problem.message());
  }

  /** Something is still as it was, if it was anything. */
  public Findings keep(String type) {
    Condition.find(before, type).ifPresent(found::add);
    return this;
  }

  /** A condition that is known already. */
  public Findings add(Condition condition) {
    found.add(condition);
    return this;
  }

  /** All of a list as it was, except for one that does not hold, because of a problem. */
  public Findings replacing(List<Condition> all, String type, Problem problem) {
    all.stream().filter(it -> !it.type().equals(type)).forEach(found::add);
    return add(type, problem);
  }

  /** What was found. */
  public List<Condition> list() {
    return List.copyOf(found);
  }
}
