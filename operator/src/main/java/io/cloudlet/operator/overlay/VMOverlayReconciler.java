package io.cloudlet.operator.overlay;

import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.LeanStore;
import io.cloudlet.operator.placement.Assignment;
import io.cloudlet.operator.placement.Placer;
import io.cloudlet.operator.status.AgentRelease;
import io.cloudlet.operator.status.Chronicle;
import io.cloudlet.operator.status.Own;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Turn;
import io.cloudlet.operator.status.Unexpected;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;

/** Where an overlay is captured or read, and who uses it. The agent does the rest. */
@ControllerConfiguration(
    name = "vmoverlay",
    finalizerName = Own.FINALIZER,
    fieldManager = Own.FIELD_MANAGER,
    generationAwareEventProcessing = false,
    informer =
        @Informer(itemStore = LeanStore.class, onUpdateFilter = RelevantVMOverlayChange.class))
public final class VMOverlayReconciler implements Reconciler<VMOverlay>, Cleaner<VMOverlay> {
  private final Cluster cluster;
  private final VMOverlayPlacer placer;
  private final VMOverlayUsers users;
  private final CapturedSynthesis captured;
  private final AgentRelease release;
  private final Chronicle chronicle;

  /** Decides by what a cluster says; the parameters stay the caller's. */
  public VMOverlayReconciler(Cluster cluster, Placer placer, Chronicle chronicle) {
    this.cluster = cluster;
    this.placer = new VMOverlayPlacer(cluster, placer);
    this.users = new VMOverlayUsers(cluster);
    this.captured = new CapturedSynthesis(cluster);
    this.release = new AgentRelease(cluster);
    this.chronicle = chronicle;
  }

  @Override
  public List<EventSource<?, VMOverlay>> prepareEventSources(
      EventSourceContext<VMOverlay> context) {
    return List.of(VMOverlayWakeups.of(cluster));
  }

  @Override
  public UpdateControl<VMOverlay> reconcile(VMOverlay overlay, Context<VMOverlay> context) {
    VMOverlayStatus now = VMOverlayStatuses.of(overlay);
    Turn turn = Turn.of(VMOverlayStatuses.isBegun(now), cluster.isAlive(now.node()));
    Assignment assignment = placer.assign(overlay, now, turn);
    captured.deleteIfDone(overlay, now, context.getClient());
    VMOverlayStatus wanted =
        VMOverlayStatuses.wanted(overlay, now, turn, assignment, users.of(overlay));
    if (wanted.equals(VMOverlayStatuses.own(now, turn))) {
      return UpdateControl.noUpdate();
    }
    chronicle.tell(overlay, now.conditions(), wanted.conditions());
    VMOverlay patch = patch(overlay, wanted);
    boolean first = assignment instanceof Assignment.Fresh && captured.remember(overlay, patch);
    return first ? UpdateControl.patchResourceAndStatus(patch) : UpdateControl.patchStatus(patch);
  }

  @Override
  public DeleteControl cleanup(VMOverlay overlay, Context<VMOverlay> context) {
    VMOverlayStatus now = VMOverlayStatuses.of(overlay);
    List<String> inUse = users.of(overlay);
    Optional<Problem> awaited =
        Problem.inUse(inUse).or(() -> release.awaited(overlay, now.node(), context));
    if (awaited.isEmpty()) {
      return DeleteControl.defaultDelete();
    }
    VMOverlayStatus wanted = VMOverlayStatuses.going(overlay, now, inUse, awaited.get());
    if (!wanted.equals(VMOverlayStatuses.ownGoing(now))) {
      chronicle.tell(overlay, now.conditions(), wanted.conditions());
      var _ = context.resourceOperations().serverSideApplyPrimaryStatus(patch(overlay, wanted));
    }
    return DeleteControl.noFinalizerRemoval();
  }

  @Override
  public ErrorStatusUpdateControl<VMOverlay> updateErrorStatus(
      VMOverlay overlay, Context<VMOverlay> context, Exception error) {
    VMOverlayStatus now = VMOverlayStatuses.of(overlay);
    Turn turn = Turn.of(VMOverlayStatuses.isBegun(now), cluster.isAlive(now.node()));
    return Unexpected.problem(error)
        .map(problem -> VMOverlayStatuses.failing(overlay, now, turn, problem))
        .filter(failing -> !failing.equals(VMOverlayStatuses.own(now, turn)))
        .map(failing -> patch(overlay, failing))
        .map(ErrorStatusUpdateControl::patchStatus)
        .orElseGet(ErrorStatusUpdateControl::defaultErrorProcessing);
  }

  private static VMOverlay patch(VMOverlay overlay, VMOverlayStatus status) {
    VMOverlay patch = Own.patch(overlay, VMOverlay::new);
    patch.setStatus(status);
    return patch;
  }
}
