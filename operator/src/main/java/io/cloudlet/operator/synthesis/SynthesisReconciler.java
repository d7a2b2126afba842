package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.operator.capture.Captures;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.LeanStore;
import io.cloudlet.operator.placement.Placer;
import io.cloudlet.operator.pod.PodFinding;
import io.cloudlet.operator.pod.VmPods;
import io.cloudlet.operator.status.Chronicle;
import io.cloudlet.operator.status.Own;
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
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** From a Synthesis to a node, and to the Service in front of its VM. The agent does the rest. */
@Workflow(
    explicitInvocation = true,
    handleExceptionsInReconciler = true,
    dependents = {
      @Dependent(
          name = "service",
          type = ServiceDependent.class,
          reconcilePrecondition = HasPorts.class),
      @Dependent(
          name = "endpoints",
          type = EndpointSliceDependent.class,
          reconcilePrecondition = HasAddress.class,
          dependsOn = "service"),
      @Dependent(
          name = "disruptionbudget",
          type = DisruptionBudgetDependent.class,
          reconcilePrecondition = IsCaptured.class)
    })
@ControllerConfiguration(
    name = "synthesis",
    finalizerName = Own.FINALIZER,
    fieldManager = Own.FIELD_MANAGER,
    generationAwareEventProcessing = false,
    informer =
        @Informer(itemStore = LeanStore.class, onUpdateFilter = RelevantSynthesisChange.class))
public final class SynthesisReconciler implements Reconciler<Synthesis>, Cleaner<Synthesis> {
  private final Cluster cluster;
  private final Assigner assigner;
  private final VmPods pods;
  private final Captures captures;
  private final SynthesisEnd end;
  private final Chronicle chronicle;

  /** Decides by what a cluster says; the parameters stay the caller's. */
  public SynthesisReconciler(Cluster cluster, Placer placer, VmPods pods, Chronicle chronicle) {
    this.cluster = cluster;
    this.assigner = new Assigner(cluster, placer);
    this.pods = pods;
    this.captures = new Captures(cluster);
    this.end = new SynthesisEnd(cluster, pods, chronicle);
    this.chronicle = chronicle;
  }

  @Override
  public List<EventSource<?, Synthesis>> prepareEventSources(
      EventSourceContext<Synthesis> context) {
    return List.of(SynthesisWakeups.of(cluster));
  }

  @Override
  public UpdateControl<Synthesis> reconcile(Synthesis synthesis, Context<Synthesis> context) {
    SynthesisStatus now = SynthesisStatuses.of(synthesis);
    Turn turn = Turn.of(SynthesisStatuses.isBegun(now), cluster.isAlive(now.node()));
    Assignment assignment = assigner.assign(synthesis, now, turn);
    PodFinding pod =
        pods.tend(synthesis, now, turn, assignment.settledOn(), assignment.sources().machine());
    IsCaptured.note(context, captures.isUnderWay(synthesis));
    var exposed = Exposer.expose(synthesis, now, context);
    SynthesisStatus wanted =
        SynthesisStatuses.wanted(synthesis, now, turn, assignment, pod, exposed);
    if (wanted.equals(SynthesisStatuses.own(synthesis, now, turn))) {
      return Again.after(UpdateControl.noUpdate(), pod.again());
    }
    chronicle.tell(synthesis, now.conditions(), wanted.conditions());
    Synthesis patch = patch(synthesis, wanted);
    if (turn == Turn.OPERATOR && pod.pod() != null) {
      // Pods change just when an agent begins: what it has written meanwhile is not overwritten.
      patch.getMetadata().setResourceVersion(synthesis.getMetadata().getResourceVersion());
    }
    return Again.after(UpdateControl.patchStatus(patch), pod.again());
  }

  @Override
  public DeleteControl cleanup(Synthesis synthesis, Context<Synthesis> context) {
    return end.proceed(synthesis, context);
  }

  @Override
  public ErrorStatusUpdateControl<Synthesis> updateErrorStatus(
      Synthesis synthesis, Context<Synthesis> context, Exception error) {
    SynthesisStatus now = SynthesisStatuses.of(synthesis);
    Turn turn = Turn.of(SynthesisStatuses.isBegun(now), cluster.isAlive(now.node()));
    return Unexpected.problem(error)
        .map(problem -> SynthesisStatuses.failing(synthesis, now, turn, problem))
        .filter(failing -> !failing.equals(SynthesisStatuses.own(synthesis, now, turn)))
        .map(failing -> patch(synthesis, failing))
        .map(ErrorStatusUpdateControl::patchStatus)
        .orElseGet(ErrorStatusUpdateControl::defaultErrorProcessing);
  }

  static Synthesis patch(Synthesis synthesis, SynthesisStatus status) {
    Synthesis patch = Own.patch(synthesis, Synthesis::new);
    patch.setStatus(status);
    return patch;
  }
}
