package io.cloudlet.sidecar.agent.overlay;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.api.v1alpha1.VMOverlayStatusBuilder;
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

/** Makes the overlays of the VMOverlays that are placed on this node. */
public final class VMOverlayReconciler implements Reconciler<VMOverlay>, Cleaner<VMOverlay> {
  private static final VMOverlayStatus NOTHING = new VMOverlayStatusBuilder().build();

  private final Placed<VMOverlay> placed;
  private final OverlayObserver observer;
  private final OverlayActor actor;
  private final OverlayReport report;
  private final StatusReport statuses;

  VMOverlayReconciler(
      Placed<VMOverlay> placed,
      OverlayObserver observer,
      OverlayActor actor,
      OverlayReport report,
      StatusReport statuses) {
    this.placed = placed;
    this.observer = observer;
    this.actor = actor;
    this.report = report;
    this.statuses = statuses;
  }

  /** What the operator writes into the status for the agent. */
  public static Object inputs(@Nullable VMOverlayStatus status) {
    VMOverlayStatus known = status == null ? NOTHING : status;
    Object ready =
        Condition.find(known.conditions(), Condition.READY).map(Condition::status).orElse(null);
    return Stream.of(known.node(), ready, known.users().isEmpty()).map(String::valueOf).toList();
  }

  @Override
  public List<EventSource<?, VMOverlay>> prepareEventSources(
      EventSourceContext<VMOverlay> context) {
    return List.of(placed.connect(context));
  }

  @Override
  public UpdateControl<VMOverlay> reconcile(VMOverlay overlay, Context<VMOverlay> context)
      throws IOException {
    VMOverlayStatus before = statusOf(overlay);
    actor.act(overlay, OverlayStep.next(overlay, before, observer.look(overlay)));
    // Once more: what has been begun is to be seen in the status.
    OverlaySight seen = observer.look(overlay);
    VMOverlayStatus now = report.of(overlay, before, seen, OverlayStep.next(overlay, before, seen));
    tell(overlay, before, now, seen.work() instanceof JobState.Failed);
    boolean news = !now.equals(OverlayReport.ownPart(before));
    return StatusReport.answer(news ? patch(overlay, now) : null, later(seen));
  }

  private static @Nullable Duration later(OverlaySight seen) {
    Duration work = Retry.of(seen.work());
    return work == null ? Retry.of(seen.finish()) : work;
  }

  private void tell(
      VMOverlay overlay, VMOverlayStatus before, VMOverlayStatus now, boolean failing) {
    Condition earlier = Condition.find(before.conditions(), Condition.READY).orElse(null);
    Condition ready = Condition.find(now.conditions(), Condition.READY).orElse(null);
    VMOverlayPhase phase = now.phase();
    if (phase != null && ready != null) {
      statuses.tell(
          overlay,
          new StatusReport.Change(
              before.phase(), phase, earlier, ready, failing || phase == VMOverlayPhase.FAILED));
    }
  }

  @Override
  public ErrorStatusUpdateControl<VMOverlay> updateErrorStatus(
      VMOverlay overlay, Context<VMOverlay> context, Exception e) {
    Problem problem = Problems.of(e);
    VMOverlayStatus before = statusOf(overlay);
    List<Condition> conditions =
        new Conditions(overlay.getMetadata().getGeneration(), before.conditions())
            .fails(Condition.READY, problem.reason(), problem.message())
            .list();
    VMOverlayStatus now =
        new VMOverlayStatusBuilder(OverlayReport.ownPart(before)).conditions(conditions).build();
    return ErrorStatusUpdateControl.patchStatus(patch(overlay, now));
  }

  @Override
  public DeleteControl cleanup(VMOverlay overlay, Context<VMOverlay> context) throws IOException {
    // The operator holds the object as long as it has users, and they need the overlay itself.
    boolean unused = statusOf(overlay).users().isEmpty();
    return unused && actor.remove(overlay)
        ? DeleteControl.defaultDelete()
        : DeleteControl.noFinalizerRemoval();
  }

  private static VMOverlayStatus statusOf(VMOverlay overlay) {
    return Objects.requireNonNullElse(overlay.getStatus(), NOTHING);
  }

  private static VMOverlay patch(VMOverlay overlay, VMOverlayStatus status) {
    VMOverlay patch = new VMOverlay();
    patch.setMetadata(StatusReport.identityOf(overlay));
    patch.setStatus(status);
    return patch;
  }
}
