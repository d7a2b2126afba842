package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.words.VmNames;
import io.cloudlet.operator.cluster.VmPodLabels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDNoGCKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import java.util.Set;

/**
 * Keeps those away who drain a node, while the VM is being captured.
 *
 * <p>It says that at least one has to be left, not that none may go: the latter is counted by
 * asking who made the pod how many there are to be, and a Synthesis has no answer to that.
 */
@KubernetesDependent(informer = @Informer(labelSelector = Exposure.OWN_SELECTOR))
public final class DisruptionBudgetDependent
    extends CRUDNoGCKubernetesDependentResource<PodDisruptionBudget, Synthesis>
    implements SecondaryToPrimaryMapper<PodDisruptionBudget> {
  /** For the framework. */
  public DisruptionBudgetDependent() {
    super(PodDisruptionBudget.class);
  }

  @Override
  protected PodDisruptionBudget desired(Synthesis synthesis, Context<Synthesis> context) {
    ObjectMeta known = synthesis.getMetadata();
    ObjectMeta metadata = Exposure.metadata(synthesis, VmPodLabels.nameOf(synthesis));
    metadata.setName(VmNames.of(known.getName(), known.getUid()));
    return new PodDisruptionBudgetBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withNewMinAvailable(1)
        .withNewSelector()
        .withMatchLabels(VmPodLabels.of(synthesis))
        .endSelector()
        .endSpec()
        .build();
  }

  @Override
  public Set<ResourceID> toPrimaryResourceIDs(PodDisruptionBudget budget) {
    ObjectMeta known = budget.getMetadata();
    String name = known.getLabels().get(VmPodLabels.SYNTHESIS);
    return name == null ? Set.of() : Set.of(new ResourceID(name, known.getNamespace()));
  }

  @Override
  protected boolean addOwnerReference() {
    return true;
  }
}
