package io.cloudlet.operator.placement;

import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.operator.status.Findings;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import org.jspecify.annotations.Nullable;

/** Where something that is made once is made. */
public sealed interface Assignment {
  /**
   * Found now.
   *
   * @param why for people
   */
  record Fresh(String node, String why) implements Assignment {}

  /** Found before. */
  record Settled(String node) implements Assignment {}

  /** Not possible, as long as nothing changes. */
  record Waiting(Problem problem) implements Assignment {}

  /** What is to be made of a search. */
  static Assignment of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Placed placed -> new Fresh(placed.node(), placed.why());
      case Verdict.Nowhere nowhere -> new Waiting(nowhere.problem());
    };
  }

  /**
   * Writes down where it is made.
   *
   * @return why it is not ready, as long as no agent says so
   */
  default Problem describe(Findings findings) {
    Problem notBegun = new Problem(Reason.SCHEDULED, "the agent of the node has not begun yet");
    return switch (this) {
      case Fresh fresh -> {
        String message = "placed on node " + fresh.node() + ", " + fresh.why();
        findings.add(Findings.SCHEDULED, ConditionStatus.TRUE, Reason.SCHEDULED, message);
        yield notBegun;
      }
      case Settled settled -> {
        findings.keep(Findings.SCHEDULED);
        yield notBegun;
      }
      case Waiting waiting -> {
        findings.add(Findings.SCHEDULED, waiting.problem());
        yield waiting.problem();
      }
    };
  }

  /** The node, if there is one. */
  default @Nullable String at() {
    return switch (this) {
      case Fresh fresh -> fresh.node();
      case Settled settled -> settled.node();
      case Waiting waiting -> null;
    };
  }
}
