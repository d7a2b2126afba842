package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.pod.PodFinding;
import io.cloudlet.operator.pod.VmPods;
import io.cloudlet.operator.status.AgentRelease;
import io.cloudlet.operator.status.Chronicle;
import io.cloudlet.operator.status.Problem;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.util.Optional;

/** Lets a Synthesis go once its agent has ended the VM, and takes the VM's pod away then. */
final class SynthesisEnd {
  private final VmPods pods;
  private final AgentRelease release;
  private final Chronicle chronicle;

  SynthesisEnd(Cluster cluster, VmPods pods, Chronicle chronicle) {
    this.pods = pods;
    this.release = new AgentRelease(cluster);
    this.chronicle = chronicle;
  }

  DeleteControl proceed(Synthesis synthesis, Context<Synthesis> context) {
    SynthesisStatus now = SynthesisStatuses.of(synthesis);
    context.managedWorkflowAndDependentResourceContext().cleanupManageWorkflow();
    Optional<Problem> awaited = release.awaited(synthesis, now.node(), context);
    if (awaited.isEmpty()) {
      pods.end(synthesis);
      return DeleteControl.defaultDelete();
    }
    PodFinding pod = pods.look(synthesis, now);
    SynthesisStatus wanted = SynthesisStatuses.going(synthesis, now, pod, awaited.get());
    if (!wanted.equals(SynthesisStatuses.ownGoing(synthesis, now))) {
      chronicle.tell(synthesis, now.conditions(), wanted.conditions());
      var _ =
          context
              .resourceOperations()
              .serverSideApplyPrimaryStatus(SynthesisReconciler.patch(synthesis, wanted));
    }
    return DeleteControl.noFinalizerRemoval();
  }
}
