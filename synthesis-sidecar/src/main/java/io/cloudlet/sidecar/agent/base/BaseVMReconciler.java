package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.BaseVMStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
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

/** Makes the base VMs of the BaseVMs that are placed on this node. */
public final class BaseVMReconciler implements Reconciler<BaseVM>, Cleaner<BaseVM> {
  private static final BaseVMStatus NOTHING = new BaseVMStatusBuilder().build();

  private final Placed<BaseVM> placed;
  private final BaseObserver observer;
  private final BaseActor actor;
  private final StatusReport statuses;

  BaseVMReconciler(
      Placed<BaseVM> placed, BaseObserver observer, BaseActor actor, StatusReport statuses) {
    this.placed = placed;
    this.observer = observer;
    this.actor = actor;
    this.statuses = statuses;
  }

  /** What the operator writes into the status for the agent. */
  public static Object inputs(@Nullable BaseVMStatus status) {
    BaseVMStatus known = status == null ? NOTHING : status;
    Object ready =
        Condition.find(known.conditions(), Condition.READY).map(Condition::status).orElse(null);
    return Stream.of(known.node(), ready).map(String::valueOf).toList();
  }

  @Override
  public List<EventSource<?, BaseVM>> prepareEventSources(EventSourceContext<BaseVM> context) {
    return List.of(placed.connect(context));
  }

  @Override
  public UpdateControl<BaseVM> reconcile(BaseVM base, Context<BaseVM> context) throws IOException {
    BaseVMStatus before = statusOf(base);
    BaseSight first = observer.look(base);
    actor.act(base, first, BaseStep.next(base, before, first));
    // Once more: what has been begun is to be seen in the status.
    BaseSight seen = observer.look(base);
    BaseVMStatus now = BaseReport.of(base, before, seen, BaseStep.next(base, before, seen));
    tell(base, before, now, seen.work() instanceof JobState.Failed);
    boolean news = !now.equals(BaseReport.ownPart(before));
    Duration work = Retry.of(seen.work());
    return StatusReport.answer(
        news ? patch(base, now) : null, work == null ? Retry.of(seen.export()) : work);
  }

  private void tell(BaseVM base, BaseVMStatus before, BaseVMStatus now, boolean failing) {
    Condition earlier = Condition.find(before.conditions(), Condition.READY).orElse(null);
    Condition ready = Condition.find(now.conditions(), Condition.READY).orElse(null);
    BaseVMPhase phase = now.phase();
    if (phase != null && ready != null) {
      statuses.tell(
          base,
          new StatusReport.Change(
              before.phase(), phase, earlier, ready, failing || phase == BaseVMPhase.FAILED));
    }
  }

  @Override
  public ErrorStatusUpdateControl<BaseVM> updateErrorStatus(
      BaseVM base, Context<BaseVM> context, Exception e) {
    return ErrorStatusUpdateControl.patchStatus(explained(base, Problems.of(e)));
  }

  private static BaseVM explained(BaseVM base, Problem problem) {
    BaseVMStatus before = statusOf(base);
    List<Condition> conditions =
        new Conditions(base.getMetadata().getGeneration(), before.conditions())
            .fails(Condition.READY, problem.reason(), problem.message())
            .list();
    return patch(
        base, new BaseVMStatusBuilder(BaseReport.ownPart(before)).conditions(conditions).build());
  }

  @Override
  public DeleteControl cleanup(BaseVM base, Context<BaseVM> context) throws IOException {
    return actor.remove(base) ? DeleteControl.defaultDelete() : DeleteControl.noFinalizerRemoval();
  }

  private static BaseVMStatus statusOf(BaseVM base) {
    return Objects.requireNonNullElse(base.getStatus(), NOTHING);
  }

  private static BaseVM patch(BaseVM base, BaseVMStatus status) {
    BaseVM patch = new BaseVM();
    patch.setMetadata(StatusReport.identityOf(base));
    patch.setStatus(status);
    return patch;
  }
}
