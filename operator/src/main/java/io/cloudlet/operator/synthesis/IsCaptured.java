package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Whether the VM is a pod and is being captured. */
public final class IsCaptured implements Condition<PodDisruptionBudget, Synthesis> {
  private static final String NOTE = "captured";

  /** Says so to this condition: the framework makes it, and it sees nothing else. */
  static void note(Context<Synthesis> context, boolean captured) {
    var _ = context.managedWorkflowAndDependentResourceContext().put(NOTE, captured);
  }

  @Override
  public boolean isMet(
      DependentResource<PodDisruptionBudget, Synthesis> dependent,
      Synthesis synthesis,
      Context<Synthesis> context) {
    return Exposure.isPod(synthesis)
        && context
            .managedWorkflowAndDependentResourceContext()
            .get(NOTE, Boolean.class)
            .orElse(false);
  }
}
