package io.cloudlet.operator.overlay;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.api.v1alpha1.VMOverlayStatusBuilder;
import io.cloudlet.operator.placement.Assignment;
import io.cloudlet.operator.status.Findings;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import io.cloudlet.operator.status.Turn;
import java.util.List;
import java.util.Objects;

/**
 * The operator's part of a VMOverlay's status. What is applied is always all of it, because what is
 * left out would be removed.
 */
final class VMOverlayStatuses {
  private VMOverlayStatuses() {}

  static VMOverlayStatus of(VMOverlay overlay) {
    return Objects.requireNonNullElseGet(
        overlay.getStatus(), () -> new VMOverlayStatusBuilder().build());
  }

  /** Whether an agent works on it, or has. */
  static boolean isBegun(VMOverlayStatus status) {
    return status.phase() != null && status.phase() != VMOverlayPhase.PENDING;
  }

  /** The operator's part of what is there. */
  static VMOverlayStatus own(VMOverlayStatus now, Turn turn) {
    Findings kept = new Findings(now.conditions(), null).keep(Findings.SCHEDULED);
    turn.ownReady(now.conditions()).ifPresent(kept::add);
    VMOverlayStatusBuilder own =
        new VMOverlayStatusBuilder().node(now.node()).users(now.users()).conditions(kept.list());
    if (turn == Turn.OPERATOR) {
      own.phase(now.phase()).observedGeneration(now.observedGeneration());
    }
    return own.build();
  }

  /** The operator's part of what there should be. */
  static VMOverlayStatus wanted(
      VMOverlay overlay,
      VMOverlayStatus now,
      Turn turn,
      Assignment assignment,
      List<String> users) {
    Long generation = overlay.getMetadata().getGeneration();
    Findings findings = new Findings(now.conditions(), generation);
    VMOverlayStatusBuilder wanted = new VMOverlayStatusBuilder().node(assignment.at()).users(users);
    Problem notReady = assignment.describe(findings);
    switch (turn) {
      case OPERATOR -> {
        findings.add(Condition.READY, notReady);
        wanted.phase(VMOverlayPhase.PENDING).observedGeneration(generation);
      }
      case AGENT -> turn.ownReady(now.conditions()).ifPresent(findings::add);
      case LOST -> lost(overlay, now, findings);
    }
    return wanted.conditions(findings.list()).build();
  }

  /** The operator's part of what is there, with what has gone wrong where that is its to say. */
  static VMOverlayStatus failing(
      VMOverlay overlay, VMOverlayStatus now, Turn turn, Problem problem) {
    VMOverlayStatus own = own(now, turn);
    Findings findings = new Findings(now.conditions(), overlay.getMetadata().getGeneration());
    return turn == Turn.OPERATOR
        ? new VMOverlayStatusBuilder(own)
            .conditions(findings.replacing(own.conditions(), Condition.READY, problem).list())
            .build()
        : own;
  }

  /** The operator's part of what is there, once it is being deleted. */
  static VMOverlayStatus ownGoing(VMOverlayStatus now) {
    return new VMOverlayStatusBuilder(own(now, Turn.OPERATOR)).observedGeneration(null).build();
  }

  /** The operator's part of what there should be, once it is being deleted. */
  static VMOverlayStatus going(
      VMOverlay overlay, VMOverlayStatus now, List<String> users, Problem awaited) {
    Findings findings =
        new Findings(now.conditions(), overlay.getMetadata().getGeneration())
            .keep(Findings.SCHEDULED)
            .add(Condition.READY, awaited);
    return new VMOverlayStatusBuilder()
        .node(now.node())
        .users(users)
        .phase(VMOverlayPhase.TERMINATING)
        .conditions(findings.list())
        .build();
  }

  /** What lies at a URL does not go with the node that has looked at it. */
  private static void lost(VMOverlay overlay, VMOverlayStatus now, Findings findings) {
    boolean elsewhere = overlay.getSpec().url() != null && now.phase() == VMOverlayPhase.READY;
    if (elsewhere || now.phase() == VMOverlayPhase.FAILED) {
      findings.keep(Condition.READY);
      return;
    }
    String message =
        now.phase() == VMOverlayPhase.READY
            ? "node " + now.node() + ", which has its file, does not answer: start its agent again"
            : "node "
                + now.node()
                + ", which makes it, does not answer: start its agent again, or delete this"
                + " VMOverlay and create it anew";
    findings.add(Condition.READY, ConditionStatus.UNKNOWN, Reason.NODE_LOST, message);
  }
}
