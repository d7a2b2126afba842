package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.BaseVMStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.operator.placement.Assignment;
import io.cloudlet.operator.status.Findings;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import io.cloudlet.operator.status.Turn;
import java.util.Objects;

/**
 * The operator's part of a BaseVM's status. What is applied is always all of it, because what is
 * left out would be removed.
 */
final class BaseVMStatuses {
  private BaseVMStatuses() {}

  static BaseVMStatus of(BaseVM base) {
    return Objects.requireNonNullElseGet(base.getStatus(), () -> new BaseVMStatusBuilder().build());
  }

  /** Whether an agent works on it, or has. */
  static boolean isBegun(BaseVMStatus status) {
    return status.phase() != null && status.phase() != BaseVMPhase.PENDING;
  }

  /** The operator's part of what is there. */
  static BaseVMStatus own(BaseVMStatus now, Turn turn) {
    Findings kept = new Findings(now.conditions(), null).keep(Findings.SCHEDULED);
    turn.ownReady(now.conditions()).ifPresent(kept::add);
    BaseVMStatusBuilder own =
        new BaseVMStatusBuilder()
            .node(now.node())
            .users(now.users())
            .nodes(now.nodes())
            .nodesReady(now.nodesReady())
            .packageUrl(now.packageUrl())
            .conditions(kept.list());
    if (turn == Turn.OPERATOR) {
      own.phase(now.phase()).observedGeneration(now.observedGeneration());
    }
    return own.build();
  }

  /** The operator's part of what there should be. */
  static BaseVMStatus wanted(
      BaseVM base, BaseVMStatus now, Turn turn, Assignment assignment, Holders holders) {
    Long generation = base.getMetadata().getGeneration();
    Findings findings = new Findings(now.conditions(), generation);
    BaseVMStatusBuilder wanted = holders.write(new BaseVMStatusBuilder()).node(assignment.at());
    Problem notReady = assignment.describe(findings);
    switch (turn) {
      case OPERATOR -> {
        findings.add(Condition.READY, notReady);
        wanted.phase(BaseVMPhase.PENDING).observedGeneration(generation);
      }
      case AGENT -> back(now, turn, holders, findings);
      case LOST -> lost(now, holders, findings);
    }
    return wanted.conditions(findings.list()).build();
  }

  /** The operator's part of what is there, with what has gone wrong where that is its to say. */
  static BaseVMStatus failing(BaseVM base, BaseVMStatus now, Turn turn, Problem problem) {
    BaseVMStatus own = own(now, turn);
    Findings findings = new Findings(now.conditions(), base.getMetadata().getGeneration());
    return turn == Turn.OPERATOR
        ? new BaseVMStatusBuilder(own)
            .conditions(findings.replacing(own.conditions(), Condition.READY, problem).list())
            .build()
        : own;
  }

  /** The operator's part of what there should be, once it is being deleted. */
  static BaseVMStatus going(BaseVM base, BaseVMStatus now, Holders holders, Problem awaited) {
    Findings findings =
        new Findings(now.conditions(), base.getMetadata().getGeneration())
            .keep(Findings.SCHEDULED)
            .add(Condition.READY, awaited);
    return holders
        .write(new BaseVMStatusBuilder())
        .node(now.node())
        .phase(BaseVMPhase.TERMINATING)
        .conditions(findings.list())
        .build();
  }

  /** The operator's part of what is there, once it is being deleted. */
  static BaseVMStatus ownGoing(BaseVMStatus now) {
    return new BaseVMStatusBuilder(own(now, Turn.OPERATOR)).observedGeneration(null).build();
  }

  /** The agent has the word, except where the operator had to say that nothing was left. */
  private static void back(BaseVMStatus now, Turn turn, Holders holders, Findings findings) {
    turn.ownReady(now.conditions())
        .ifPresent(ready -> {
          if (holders.usable() > 0 && now.phase() == BaseVMPhase.READY) {
            findings.add(
                Condition.READY, ConditionStatus.TRUE, Reason.AVAILABLE, holders.summary());
          } else {
            findings.add(ready);
          }
        });
  }

  /** Its maker does not answer; what has been made may lie elsewhere, too. */
  private static void lost(BaseVMStatus now, Holders holders, Findings findings) {
    if (now.phase() == BaseVMPhase.FAILED) {
      findings.keep(Condition.READY);
    } else if (now.phase() != BaseVMPhase.READY) {
      findings.add(
          Condition.READY,
          ConditionStatus.UNKNOWN,
          Reason.NODE_LOST,
          "node "
              + now.node()
              + ", which makes it, does not answer: start its agent again, or delete this BaseVM"
              + " and create it anew");
    } else if (holders.usable() == 0) {
      findings.add(Condition.READY, holders.nothingLeft(now.node()));
    } else if (Condition.isTrue(now.conditions(), Condition.READY)) {
      findings.keep(Condition.READY);
    } else {
      findings.add(Condition.READY, ConditionStatus.TRUE, Reason.AVAILABLE, holders.summary());
    }
  }
}
