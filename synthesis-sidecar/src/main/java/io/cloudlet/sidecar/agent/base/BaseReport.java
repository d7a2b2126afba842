package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.BaseVMStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.sidecar.agent.control.Amounts;
import io.cloudlet.sidecar.agent.control.Conditions;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.node.ApiMachines;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.base.BaseManifest;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.node.DecimalSize;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The agent's part of the status of a BaseVM. */
final class BaseReport {
  private static final String CAPTURED = "Captured";
  private static final Set<String> OWN = Set.of(CAPTURED, Condition.READY);

  private BaseReport() {}

  /** What the agent has said until now. */
  static BaseVMStatus ownPart(BaseVMStatus status) {
    return new BaseVMStatusBuilder(status)
        .conditions(status.conditions().stream().filter(it -> OWN.contains(it.type())).toList())
        .node(null)
        .users(List.of())
        .packageUrl(null)
        .nodes(List.of())
        .nodesReady(null)
        .build();
  }

  /** What it says now. */
  static BaseVMStatus of(BaseVM base, BaseVMStatus before, BaseSight seen, BaseStep step) {
    Long generation = base.getMetadata().getGeneration();
    Conditions conditions = new Conditions(generation, before.conditions());
    BaseVMStatusBuilder status = new BaseVMStatusBuilder().observedGeneration(generation);
    switch (step) {
      case BaseStep.Leave _ -> {
        return ownPart(before);
      }
      case BaseStep.Done(String digest, BaseManifest manifest) ->
          made(digest, manifest, before, seen, status, conditions);
      case BaseStep.Refuse(Problem problem) -> failed(problem, status, conditions);
      case BaseStep.AwaitVm(String synthesis) -> {
        String words =
            "waiting until Synthesis "
                + synthesis
                + " runs; see kubectl describe synthesis "
                + synthesis;
        status.phase(BaseVMPhase.PENDING);
        conditions
            .fails(CAPTURED, "SynthesisNotRunning", words)
            .fails(Condition.READY, "SynthesisNotRunning", words);
      }
      case BaseStep.Make(JobState state) ->
          working(phase(state, BaseVMPhase.FETCHING), before, state, status, conditions);
      case BaseStep.Promote(_, JobState state) ->
          working(phase(state, BaseVMPhase.CAPTURING), before, state, status, conditions);
    }
    return status.conditions(conditions.list()).build();
  }

  private static void made(
      String digest,
      BaseManifest manifest,
      BaseVMStatus before,
      BaseSight seen,
      BaseVMStatusBuilder status,
      Conditions conditions) {
    // What a package takes does not change when the file goes.
    Long packed = seen.packageBytes() == null ? before.packageBytes() : seen.packageBytes();
    Long stored = before.storedBytes();
    if (seen.storedBytes() > 0) {
      stored = seen.storedBytes();
    }
    status
        .phase(BaseVMPhase.READY)
        .digest(digest)
        .created(manifest.created())
        .diskBytes(manifest.bytes(ImageKind.DISK))
        .memoryBytes(manifest.bytes(ImageKind.MEMORY))
        .storedBytes(stored)
        .packageBytes(packed)
        .size(packed == null ? null : DecimalSize.of(packed))
        .machine(ApiMachines.status(manifest.machine()));
    conditions
        .holds(CAPTURED, CAPTURED, "disk and memory are kept and verified")
        .holds(Condition.READY, "Ready", "the base VM can be used");
  }

  private static BaseVMPhase phase(JobState state, BaseVMPhase otherwise) {
    if (Amounts.isUnanswered(state)) {
      return BaseVMPhase.FETCHING;
    }
    String stage = state instanceof JobState.Running(String now, _, _) ? now : "";
    return switch (stage) {
      case "" -> otherwise;
      case "fetching", "checking the digest", "importing" -> BaseVMPhase.FETCHING;
      case "copying the disk", "booting" -> BaseVMPhase.BOOTING;
      default -> stage.startsWith("fetching") ? BaseVMPhase.FETCHING : BaseVMPhase.CAPTURING;
    };
  }

  private static void working(
      BaseVMPhase phase,
      BaseVMStatus before,
      JobState job,
      BaseVMStatusBuilder status,
      Conditions conditions) {
    if (job instanceof JobState.Failed(Problem problem, _) && !problem.retryable()) {
      failed(problem, status, conditions);
      return;
    }
    String why =
        switch (job) {
          case JobState.Failed(Problem problem, _) -> problem.reason();
          case JobState.Waiting _ -> "Busy";
          case JobState.Running _, JobState.Absent _ -> Amounts.reason(job, word(phase));
        };
    String words = Amounts.words(job, whole(phase));
    status
        .phase(job instanceof JobState.Waiting ? reached(before) : phase)
        .progress(Amounts.progress(job));
    conditions.fails(CAPTURED, why, words).fails(Condition.READY, why, words);
  }

  /** What waits for its turn is where it was; in the beginning, nowhere yet. */
  private static BaseVMPhase reached(BaseVMStatus before) {
    return Objects.requireNonNullElse(before.phase(), BaseVMPhase.PENDING);
  }

  private static String whole(BaseVMPhase phase) {
    return switch (phase) {
      case BOOTING -> "the guest is being booted";
      case CAPTURING -> "disk and memory are being kept";
      case FETCHING -> "image or package is being fetched";
      case PENDING, READY, FAILED, TERMINATING -> "the base VM is being made";
    };
  }

  private static String word(BaseVMPhase phase) {
    return switch (phase) {
      case BOOTING -> "Booting";
      case CAPTURING -> "Capturing";
      case FETCHING -> "Fetching";
      case PENDING, READY, FAILED, TERMINATING -> "Working";
    };
  }

  private static void failed(Problem problem, BaseVMStatusBuilder status, Conditions conditions) {
    status.phase(BaseVMPhase.FAILED);
    conditions
        .fails(CAPTURED, problem.reason(), problem.message())
        .fails(Condition.READY, problem.reason(), problem.message());
  }
}
