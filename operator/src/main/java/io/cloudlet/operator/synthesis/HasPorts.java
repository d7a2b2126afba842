package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Whether there is anything to expose. */
public final class HasPorts implements Condition<Service, Synthesis> {
  @Override
  public boolean isMet(
      DependentResource<Service, Synthesis> dependent,
      Synthesis synthesis,
      Context<Synthesis> context) {
    return !Exposure.ports(synthesis).isEmpty();
  }
}
