package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Whether other machines can reach what is exposed. */
public final class HasAddress implements Condition<EndpointSlice, Synthesis> {
  @Override
  public boolean isMet(
      DependentResource<EndpointSlice, Synthesis> dependent,
      Synthesis synthesis,
      Context<Synthesis> context) {
    return !Exposure.isPod(synthesis)
        && !Exposure.ports(synthesis).isEmpty()
        && Exposure.host(synthesis).isPresent();
  }
}
