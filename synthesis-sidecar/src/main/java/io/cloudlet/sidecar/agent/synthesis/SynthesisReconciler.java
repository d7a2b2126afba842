package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.Failure;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.sidecar.agent.control.Conditions;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.control.Retry;
import io.cloudlet.sidecar.agent.control.StatusReport;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.Problems;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the VMs of the Syntheses that are placed on this node. */
public final class SynthesisReconciler implements Reconciler<Synthesis>, Cleaner<Synthesis> {
  private static final SynthesisStatus NOTHING = new SynthesisStatusBuilder().build();

  private final Placed<Synthesis> placed;
  private final SynthesisObserver observer;
  private final SynthesisActor actor;
  private final SynthesisReport report;
  private final StatusReport statuses;

  SynthesisReconciler(
      Placed<Synthesis> placed,
      SynthesisObserver observer,
      SynthesisActor actor,
      SynthesisReport report,
      StatusReport statuses) {
    this.placed = placed;
    this.observer = observer;
    this.actor = actor;
    this.report = report;
    this.statuses = statuses;
  }

  /** What the operator writes into the status for the agent. */
  public static Object inputs(@Nullable SynthesisStatus status) {
    SynthesisStatus known = status == null ? NOTHING : status;
    Object ready =
        Condition.find(known.conditions(), Condition.READY).map(Condition::status).orElse(null);
    Object found = Condition.find(known.conditions(), Condition.BASE_FOUND).orElse(null);
    return Stream.of(
            known.node(),
            known.baseDigest(),
            known.overlayDigest(),
            known.overlayUrl(),
            ready,
            found,
            known.pod())
        .map(String::valueOf)
        .toList();
  }

  @Override
  public List<EventSource<?, Synthesis>> prepareEventSources(
      EventSourceContext<Synthesis> context) {
    return List.of(placed.connect(context));
  }

  @Override
  public UpdateControl<Synthesis> reconcile(Synthesis synthesis, Context<Synthesis> context)
      throws IOException {
    SynthesisStatus before = statusOf(synthesis);
    SynthesisSight first = observer.look(synthesis, before);
    SynthesisStep step = SynthesisStep.next(synthesis, before, first);
    actor.act(synthesis, first, step);
    // Once more: what has been begun is to be seen in the status.
    SynthesisSight seen = observer.look(synthesis, before);
    SynthesisStatus now =
        report.of(synthesis, before, seen, SynthesisStep.next(synthesis, before, seen));
    tell(synthesis, before, now, hasFailed(seen));
    boolean news = !now.equals(SynthesisReport.ownPart(before, seen));
    return StatusReport.answer(news ? patch(synthesis, now) : null, later(seen));
  }

  private static @Nullable Duration later(SynthesisSight seen) {
    return Stream.of(seen.work(), seen.probe(), seen.ports())
        .map(Retry::of)
        .filter(Objects::nonNull)
        .min(Duration::compareTo)
        .orElse(null);
  }

  /** Whether what brings the VM to life has failed, for now at least. */
  private static boolean hasFailed(SynthesisSight seen) {
    return seen.vm() == null
        && Stream.of(seen.work(), seen.fetch()).anyMatch(JobState.Failed.class::isInstance);
  }

  private void tell(
      Synthesis synthesis, SynthesisStatus before, SynthesisStatus now, boolean failing) {
    Condition earlier = Condition.find(before.conditions(), Condition.READY).orElse(null);
    Condition ready = Condition.find(now.conditions(), Condition.READY).orElse(null);
    SynthesisPhase phase = now.phase();
    if (phase != null && ready != null) {
      statuses.tell(
          synthesis,
          new StatusReport.Change(
              before.phase(), phase, earlier, ready, failing || phase == SynthesisPhase.FAILED));
    }
  }

  @Override
  public ErrorStatusUpdateControl<Synthesis> updateErrorStatus(
      Synthesis synthesis, Context<Synthesis> context, Exception e) {
    Problem problem = Problems.of(e);
    SynthesisStatus before = statusOf(synthesis);
    Long generation = synthesis.getMetadata().getGeneration();
    SynthesisStatus now =
        new SynthesisStatusBuilder()
            .observedGeneration(generation)
            .phase(before.phase())
            .vm(before.vm())
            .addresses(before.addresses())
            .way(before.way())
            .timings(before.timings())
            .error(new Failure(problem.reason(), problem.message()))
            .conditions(
                new Conditions(generation, before.conditions())
                    .fails(Condition.READY, problem.reason(), problem.message())
                    .list())
            .build();
    return ErrorStatusUpdateControl.patchStatus(patch(synthesis, now));
  }

  @Override
  public DeleteControl cleanup(Synthesis synthesis, Context<Synthesis> context) throws IOException {
    JobState removal = actor.remove(synthesis);
    if (removal instanceof JobState.Absent) {
      return DeleteControl.defaultDelete();
    }
    SynthesisStatus before = statusOf(synthesis);
    SynthesisStatus now =
        SynthesisReport.ending(synthesis, before, observer.look(synthesis, before), removal);
    if (now.phase() != before.phase() || !before.conditions().containsAll(now.conditions())) {
      context.resourceOperations().serverSideApplyPrimaryStatus(patch(synthesis, now));
    }
    Duration again = Retry.of(removal);
    return again == null
        ? DeleteControl.noFinalizerRemoval()
        : DeleteControl.noFinalizerRemoval().rescheduleAfter(again.toMillis());
  }

  private static SynthesisStatus statusOf(Synthesis synthesis) {
    return Objects.requireNonNullElse(synthesis.getStatus(), NOTHING);
  }

  private static Synthesis patch(Synthesis synthesis, SynthesisStatus status) {
    Synthesis patch = new Synthesis();
    patch.setMetadata(StatusReport.identityOf(synthesis));
    patch.setStatus(status);
    return patch;
  }
}
