package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.NodeCopy;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.LeanStore;
import io.cloudlet.operator.node.PackageUrls;
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

/** Where a base VM is made, who uses it, and which nodes hold it. The agent does the rest. */
@ControllerConfiguration(
    name = "basevm",
    finalizerName = Own.FINALIZER,
    fieldManager = Own.FIELD_MANAGER,
    generationAwareEventProcessing = false,
    informer = @Informer(itemStore = LeanStore.class, onUpdateFilter = RelevantBaseVMChange.class))
public final class BaseVMReconciler implements Reconciler<BaseVM>, Cleaner<BaseVM> {
  private final Cluster cluster;
  private final BaseVMPlacer placer;
  private final BaseVMUsers users;
  private final BaseVMCopies copies;
  private final PackageUrls urls;
  private final AgentRelease release;
  private final Chronicle chronicle;

  /** Decides by what a cluster says; the parameters stay the caller's. */
  public BaseVMReconciler(Cluster cluster, Placer placer, Chronicle chronicle) {
    this.cluster = cluster;
    this.placer = new BaseVMPlacer(cluster, placer);
    this.users = new BaseVMUsers(cluster);
    this.copies = new BaseVMCopies(cluster);
    this.urls = new PackageUrls(cluster);
    this.release = new AgentRelease(cluster);
    this.chronicle = chronicle;
  }

  @Override
  public List<EventSource<?, BaseVM>> prepareEventSources(EventSourceContext<BaseVM> context) {
    return List.of(BaseVMWakeups.of(cluster));
  }

  @Override
  public UpdateControl<BaseVM> reconcile(BaseVM base, Context<BaseVM> context) {
    BaseVMStatus now = BaseVMStatuses.of(base);
    Turn turn = Turn.of(BaseVMStatuses.isBegun(now), cluster.isAlive(now.node()));
    Assignment assignment = placer.assign(base, now, turn);
    Holders holders = holders(now, users.of(base, now.digest()));
    BaseVMStatus wanted = BaseVMStatuses.wanted(base, now, turn, assignment, holders);
    if (wanted.equals(BaseVMStatuses.own(now, turn))) {
      return UpdateControl.noUpdate();
    }
    chronicle.tell(base, now.conditions(), wanted.conditions());
    return UpdateControl.patchStatus(patch(base, wanted));
  }

  @Override
  public DeleteControl cleanup(BaseVM base, Context<BaseVM> context) {
    BaseVMStatus now = BaseVMStatuses.of(base);
    Holders holders =
        holders(
            now,
            users.ofGoing(
                base,
                now.digest(),
                it -> Optional.ofNullable(context.getClient().resource(it).get())));
    Optional<Problem> awaited =
        Problem.inUse(holders.users()).or(() -> release.awaited(base, now.node(), context));
    if (awaited.isEmpty()) {
      return DeleteControl.defaultDelete();
    }
    BaseVMStatus wanted = BaseVMStatuses.going(base, now, holders, awaited.get());
    if (!wanted.equals(BaseVMStatuses.ownGoing(now))) {
      chronicle.tell(base, now.conditions(), wanted.conditions());
      var _ = context.resourceOperations().serverSideApplyPrimaryStatus(patch(base, wanted));
    }
    return DeleteControl.noFinalizerRemoval();
  }

  private Holders holders(BaseVMStatus now, List<String> needing) {
    String digest = now.digest();
    List<NodeCopy> found = copies.of(digest);
    String url =
        digest == null ? null : urls.forPeople(digest, String.valueOf(now.node())).orElse(null);
    return new Holders(needing, found, copies.usable(found), url);
  }

  @Override
  public ErrorStatusUpdateControl<BaseVM> updateErrorStatus(
      BaseVM base, Context<BaseVM> context, Exception error) {
    BaseVMStatus now = BaseVMStatuses.of(base);
    Turn turn = Turn.of(BaseVMStatuses.isBegun(now), cluster.isAlive(now.node()));
    return Unexpected.problem(error)
        .map(problem -> BaseVMStatuses.failing(base, now, turn, problem))
        .filter(failing -> !failing.equals(BaseVMStatuses.own(now, turn)))
        .map(failing -> patch(base, failing))
        .map(ErrorStatusUpdateControl::patchStatus)
        .orElseGet(ErrorStatusUpdateControl::defaultErrorProcessing);
  }

  private static BaseVM patch(BaseVM base, BaseVMStatus status) {
    BaseVM patch = Own.patch(base, BaseVM::new);
    patch.setStatus(status);
    return patch;
  }
}
