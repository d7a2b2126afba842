package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.Failure;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.operator.pod.PodFinding;
import io.cloudlet.operator.status.Findings;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import io.cloudlet.operator.status.Turn;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operator's part of a Synthesis' status. What is applied is always all of it, because what is
 * left out would be removed.
 */
final class SynthesisStatuses {
  /** Whether there is a Service in front of the VM. */
  static final String EXPOSED = "Exposed";

  private static final Set<SynthesisPhase> NOT_BEGUN =
      EnumSet.of(SynthesisPhase.PENDING, SynthesisPhase.SCHEDULED);

  private static final Set<SynthesisPhase> ENDED =
      EnumSet.of(SynthesisPhase.STOPPED, SynthesisPhase.FAILED);

  private SynthesisStatuses() {}

  static SynthesisStatus of(Synthesis synthesis) {
    SynthesisStatus status = synthesis.getStatus();
    return status == null ? new SynthesisStatusBuilder().build() : status;
  }

  /** Whether an agent works on it, or has. */
  static boolean isBegun(SynthesisStatus status) {
    return status.phase() != null && !NOT_BEGUN.contains(status.phase());
  }

  /** The operator's part of what is there. */
  static SynthesisStatus own(Synthesis synthesis, SynthesisStatus now, Turn turn) {
    Findings kept =
        new Findings(now.conditions(), null)
            .keep(Findings.SCHEDULED)
            .keep(Condition.BASE_FOUND)
            .keep(EXPOSED)
            .keep(Condition.POD_RUNNING);
    turn.ownReady(now.conditions()).ifPresent(kept::add);
    SynthesisStatusBuilder own =
        sources(synthesis, Sources.of(now)).node(now.node()).pod(now.pod()).conditions(kept.list());
    if (turn == Turn.OPERATOR) {
      own.phase(now.phase()).error(now.error()).observedGeneration(now.observedGeneration());
    }
    return own.build();
  }

  /** The operator's part of what there should be. */
  static SynthesisStatus wanted(
      Synthesis synthesis,
      SynthesisStatus now,
      Turn turn,
      Assignment assignment,
      PodFinding pod,
      Optional<Condition> exposed) {
    Long generation = synthesis.getMetadata().getGeneration();
    Findings findings = new Findings(now.conditions(), generation);
    SynthesisStatusBuilder wanted = sources(synthesis, assignment.sources());
    Optional<Problem> problem = describe(assignment, findings, wanted);
    exposed.ifPresent(findings::add);
    pod.describe(findings);
    wanted.pod(pod.pod());
    switch (turn) {
      case AGENT -> turn.ownReady(now.conditions()).ifPresent(findings::add);
      case LOST -> lost(now, findings);
      case OPERATOR -> {
        Optional<Problem> first = problem.or(pod::obstacle);
        findings.add(Condition.READY, first.orElseGet(SynthesisStatuses::notBegun));
        wanted
            .phase(problem.isPresent() ? SynthesisPhase.PENDING : SynthesisPhase.SCHEDULED)
            .error(first.map(SynthesisStatuses::failure).orElse(null))
            .observedGeneration(generation);
      }
    }
    return wanted.conditions(findings.list()).build();
  }

  /** The operator's part of what is there, with what has gone wrong where that is its to say. */
  static SynthesisStatus failing(
      Synthesis synthesis, SynthesisStatus now, Turn turn, Problem problem) {
    SynthesisStatus own = own(synthesis, now, turn);
    Findings findings = new Findings(now.conditions(), synthesis.getMetadata().getGeneration());
    return turn == Turn.OPERATOR
        ? new SynthesisStatusBuilder(own)
            .error(failure(problem))
            .conditions(findings.replacing(own.conditions(), Condition.READY, problem).list())
            .build()
        : own;
  }

  /** The operator's part of what is there, once it is being deleted. */
  static SynthesisStatus ownGoing(Synthesis synthesis, SynthesisStatus now) {
    return new SynthesisStatusBuilder(own(synthesis, now, Turn.OPERATOR))
        .error(null)
        .observedGeneration(null)
        .build();
  }

  /** The operator's part of what there should be, once it is being deleted. */
  static SynthesisStatus going(
      Synthesis synthesis, SynthesisStatus now, PodFinding pod, Problem awaited) {
    Findings findings =
        new Findings(now.conditions(), synthesis.getMetadata().getGeneration())
            .keep(Findings.SCHEDULED)
            .keep(Condition.BASE_FOUND)
            .keep(EXPOSED)
            .add(Condition.READY, awaited);
    pod.describe(findings);
    return sources(synthesis, Sources.of(now))
        .node(now.node())
        .pod(pod.pod())
        .phase(SynthesisPhase.TERMINATING)
        .conditions(findings.list())
        .build();
  }

  private static Optional<Problem> describe(
      Assignment assignment, Findings findings, SynthesisStatusBuilder wanted) {
    switch (assignment) {
      case Assignment.Fresh fresh -> {
        String message = "placed on node " + fresh.node() + ", " + fresh.why();
        findings.add(Findings.SCHEDULED, ConditionStatus.TRUE, Reason.SCHEDULED, message);
        wanted.node(fresh.node());
      }
      case Assignment.Settled settled -> {
        findings.keep(Findings.SCHEDULED);
        base(findings, settled.base());
        wanted.node(settled.node());
      }
      case Assignment.Waiting waiting -> {
        findings.add(Findings.SCHEDULED, waiting.problem());
        return Optional.of(waiting.problem());
      }
    }
    return Optional.empty();
  }

  /** The agent begins once this holds, so it is said for each generation. */
  private static void base(Findings findings, @Nullable Resolution base) {
    switch (base) {
      case null -> findings.keep(Condition.BASE_FOUND);
      case Resolution.Found _ ->
          findings.add(
              Condition.BASE_FOUND,
              ConditionStatus.TRUE,
              Reason.BASE_FOUND,
              "a BaseVM of this namespace is the base VM that the overlay needs");
      case Resolution.Missing missing -> findings.add(Condition.BASE_FOUND, missing.problem());
    }
  }

  private static SynthesisStatusBuilder sources(Synthesis synthesis, Sources sources) {
    // The digest of a base VM that an agent has read is the agent's.
    boolean readByAgent = synthesis.getSpec().overlayUrl() != null;
    return new SynthesisStatusBuilder()
        .baseDigest(readByAgent ? null : sources.baseDigest())
        .overlayDigest(sources.overlayDigest())
        .overlayUrl(sources.overlayUrl())
        .machine(sources.machine());
  }

  private static Problem notBegun() {
    return new Problem(Reason.SCHEDULED, "the agent of the node has not begun yet");
  }

  private static @Nullable Failure failure(Problem problem) {
    return problem.reason().isFailure()
        ? new Failure(problem.reason().word(), problem.message())
        : null;
  }

  /** What has ended stays ended; of what may run, nobody knows. */
  private static void lost(SynthesisStatus now, Findings findings) {
    if (ENDED.contains(now.phase())) {
      findings.keep(Condition.READY);
      return;
    }
    String message =
        "node "
            + now.node()
            + " does not answer, and the VM on it may or may not run: start its agent again; or"
            + " delete this Synthesis and create another one, and CloudletNode "
            + now.node()
            + " if the node never comes back";
    findings.add(Condition.READY, ConditionStatus.UNKNOWN, Reason.NODE_LOST, message);
  }
}
