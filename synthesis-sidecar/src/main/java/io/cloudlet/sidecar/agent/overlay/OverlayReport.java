package io.cloudlet.sidecar.agent.overlay;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.api.v1alpha1.VMOverlayStatusBuilder;
import io.cloudlet.sidecar.agent.control.Amounts;
import io.cloudlet.sidecar.agent.control.Conditions;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.node.DecimalSize;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The agent's part of the status of a VMOverlay.
 *
 * @param address base URL of this node's overlays and packages
 */
record OverlayReport(Supplier<String> address) {
  private static final String CAPTURED = "Captured";
  private static final Set<String> OWN = Set.of(CAPTURED, Condition.READY);
  private static final String PREFIX = "sha256:";

  private static final Problem GONE =
      Problem.lasting(
          "FileGone",
          "the overlay's file has vanished from the node; delete the VMOverlay and capture the VM"
              + " again");

  /** What the agent has said until now. */
  static VMOverlayStatus ownPart(VMOverlayStatus status) {
    return new VMOverlayStatusBuilder(status)
        .conditions(status.conditions().stream().filter(it -> OWN.contains(it.type())).toList())
        .node(null)
        .users(List.of())
        .build();
  }

  /** What it says now. */
  VMOverlayStatus of(
      VMOverlay overlay, VMOverlayStatus before, OverlaySight seen, OverlayStep step) {
    Long generation = overlay.getMetadata().getGeneration();
    Conditions conditions = new Conditions(generation, before.conditions());
    VMOverlayStatusBuilder status = new VMOverlayStatusBuilder().observedGeneration(generation);
    switch (step) {
      case OverlayStep.Leave _ -> {
        return ownPart(before);
      }
      case OverlayStep.Done(OverlayFacts.Made made) -> {
        made(overlay, seen, made, status, conditions);
        status.phase(VMOverlayPhase.READY);
        conditions.holds(Condition.READY, "Verified", "the overlay is verified and can be used");
      }
      case OverlayStep.StopVm(OverlayFacts.Made made, _, JobState state) -> {
        made(overlay, seen, made, status, conditions);
        working(VMOverlayPhase.VERIFYING, "StoppingVm", state, status, conditions);
      }
      case OverlayStep.Gone _ -> failed(GONE, status, conditions);
      case OverlayStep.Look(_, JobState state) ->
          working(VMOverlayPhase.FETCHING, "Fetching", state, status, conditions);
      case OverlayStep.AwaitVm(String synthesis) -> {
        String words =
            "waiting until Synthesis "
                + synthesis
                + " runs; see kubectl describe synthesis "
                + synthesis;
        status.phase(VMOverlayPhase.PENDING);
        conditions
            .fails(CAPTURED, "SynthesisNotRunning", words)
            .fails(Condition.READY, "SynthesisNotRunning", words);
      }
      case OverlayStep.Capture(_, JobState state) ->
          working(phase(state), "Capturing", state, status, conditions);
    }
    return status.conditions(conditions.list()).build();
  }

  private void made(
      VMOverlay overlay,
      OverlaySight seen,
      OverlayFacts.Made made,
      VMOverlayStatusBuilder status,
      Conditions conditions) {
    OverlayFacts facts = seen.facts();
    String elsewhere = overlay.getSpec().url();
    String path = "/v1/overlays/" + made.digest().substring(PREFIX.length());
    status
        .digest(made.digest())
        .baseDigest(made.baseDigest())
        .created(made.created())
        .bytes(made.bytes())
        .size(DecimalSize.of(made.bytes()))
        .effort(made.effort())
        .resumes(made.resumes())
        .pages(made.pages())
        .images(made.images())
        .url(elsewhere == null ? address.get() + path : elsewhere)
        .pauseMillis(facts == null ? null : facts.pauseMillis())
        .totalMillis(facts == null ? null : facts.totalMillis());
    conditions.holds(CAPTURED, CAPTURED, "all of it is verified");
  }

  private static VMOverlayPhase phase(JobState state) {
    String stage = state instanceof JobState.Running(String now, _, _) ? now : "";
    return switch (stage) {
      case "deduplicating", "compressing" -> VMOverlayPhase.ENCODING;
      case "verifying", "joining disk layers" -> VMOverlayPhase.VERIFYING;
      default -> VMOverlayPhase.CAPTURING;
    };
  }

  /** Something is under way, or waits, or failed. */
  private static void working(
      VMOverlayPhase phase,
      String reason,
      JobState job,
      VMOverlayStatusBuilder status,
      Conditions conditions) {
    if (job instanceof JobState.Failed(Problem problem, _) && !problem.retryable()) {
      failed(problem, status, conditions);
      return;
    }
    String why =
        switch (job) {
          case JobState.Failed(Problem problem, _) -> problem.reason();
          case JobState.Waiting _ -> "Busy";
          case JobState.Running _, JobState.Absent _ -> Amounts.reason(job, reason);
        };
    boolean waits = job instanceof JobState.Waiting;
    String words = Amounts.words(job, whole(reason));
    status.phase(waits ? VMOverlayPhase.PENDING : phase).progress(Amounts.progress(job));
    conditions.fails(CAPTURED, why, words).fails(Condition.READY, why, words);
  }

  private static String whole(String reason) {
    return switch (reason) {
      case "StoppingVm" -> "the overlay is verified, and the VM is being ended";
      case "Fetching" -> "the overlay is being looked at where it is";
      default -> "the VM is being captured";
    };
  }

  private static void failed(
      Problem problem, VMOverlayStatusBuilder status, Conditions conditions) {
    status.phase(VMOverlayPhase.FAILED);
    conditions
        .fails(CAPTURED, problem.reason(), problem.message())
        .fails(Condition.READY, problem.reason(), problem.message());
  }
}
