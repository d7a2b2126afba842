package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ServicePort;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDNoGCKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Where the Service of a Synthesis leads: to the node of its VM, once that answers. */
@KubernetesDependent(informer = @Informer(labelSelector = Exposure.OWN_SELECTOR))
public final class EndpointSliceDependent
    extends CRUDNoGCKubernetesDependentResource<EndpointSlice, Synthesis>
    implements SecondaryToPrimaryMapper<EndpointSlice> {
  /** For the framework. */
  public EndpointSliceDependent() {
    super(EndpointSlice.class);
  }

  @Override
  protected EndpointSlice desired(Synthesis synthesis, Context<Synthesis> context) {
    String host = Exposure.host(synthesis).orElseThrow();
    String name = synthesis.getMetadata().getName();
    Map<String, String> labels =
        Map.of(
            "kubernetes.io/service-name",
            name,
            "endpointslice.kubernetes.io/managed-by",
            "cloudlet-operator");
    boolean ready = Condition.isTrue(SynthesisStatuses.of(synthesis).conditions(), Condition.READY);
    return new EndpointSliceBuilder()
        .withMetadata(Exposure.metadata(synthesis, labels))
        .withAddressType(Exposure.addressType(host))
        .addNewEndpoint()
        .withAddresses(host)
        .withNewConditions()
        .withReady(ready)
        .endConditions()
        .endEndpoint()
        .withPorts(
            Exposure.ports(synthesis).stream().flatMap(it -> port(synthesis, host, it)).toList())
        .build();
  }

  private static Stream<EndpointPort> port(Synthesis synthesis, String host, ServicePort port) {
    return Stream.ofNullable(Exposure.portAt(synthesis, host, port.guest()))
        .map(at ->
            new EndpointPortBuilder()
                .withName(port.name() == null ? "" : port.name())
                .withPort(at)
                .withProtocol("TCP")
                .build());
  }

  @Override
  public Set<ResourceID> toPrimaryResourceIDs(EndpointSlice slice) {
    return Set.of(ResourceID.fromResource(slice));
  }

  @Override
  protected boolean addOwnerReference() {
    return true;
  }
}
