package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.operator.cluster.VmPodLabels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDNoGCKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The Service of a Synthesis, of the same name. It selects the VM's pod; where VMs are no pods it
 * selects nothing, and its endpoints are what the agent reports. It is deleted with the Synthesis
 * by this operator, so that no garbage collector has to run; the owner reference is for those where
 * one does.
 */
@KubernetesDependent(informer = @Informer(labelSelector = Exposure.OWN_SELECTOR))
public final class ServiceDependent extends CRUDNoGCKubernetesDependentResource<Service, Synthesis>
    implements SecondaryToPrimaryMapper<Service> {
  /** For the framework. */
  public ServiceDependent() {
    super(Service.class);
  }

  @Override
  protected Service desired(Synthesis synthesis, Context<Synthesis> context) {
    return new ServiceBuilder()
        .withMetadata(Exposure.metadata(synthesis, Map.of()))
        .withNewSpec()
        .withSelector(Exposure.isPod(synthesis) ? VmPodLabels.of(synthesis) : null)
        .withPorts(Exposure.ports(synthesis).stream().map(ServiceDependent::port).toList())
        .endSpec()
        .build();
  }

  private static ServicePort port(io.cloudlet.api.v1alpha1.ServicePort port) {
    return new ServicePortBuilder()
        .withName(port.name())
        .withPort(Objects.requireNonNullElse(port.port(), port.guest()))
        .withTargetPort(new IntOrString(port.guest()))
        .withProtocol("TCP")
        .build();
  }

  @Override
  public Set<ResourceID> toPrimaryResourceIDs(Service service) {
    return Set.of(ResourceID.fromResource(service));
  }

  @Override
  protected boolean addOwnerReference() {
    return true;
  }
}
