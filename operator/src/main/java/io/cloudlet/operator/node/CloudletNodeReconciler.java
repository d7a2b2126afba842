package io.cloudlet.operator.node;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeSpec;
import io.cloudlet.api.v1alpha1.CloudletNodeStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.WantedBase;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.LeanStore;
import io.cloudlet.operator.status.Chronicle;
import io.cloudlet.operator.status.Own;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Tells a node what it shall hold and what not, and people whether its agent answers. */
@ControllerConfiguration(
    name = "cloudletnode",
    fieldManager = Own.FIELD_MANAGER,
    generationAwareEventProcessing = false,
    informer = @Informer(itemStore = LeanStore.class, onUpdateFilter = RelevantNodeChange.class))
public final class CloudletNodeReconciler implements Reconciler<CloudletNode> {
  private final Cluster cluster;
  private final WantedBases wantedBases;
  private final UnneededCopies unneeded;
  private final NodeLife life;
  private final Chronicle chronicle;

  /** Decides by what a cluster says. */
  public CloudletNodeReconciler(Cluster cluster, Chronicle chronicle) {
    this.cluster = cluster;
    this.life = new NodeLife(cluster);
    this.chronicle = chronicle;
    this.wantedBases = new WantedBases(cluster);
    this.unneeded = new UnneededCopies(cluster);
  }

  @Override
  public List<EventSource<?, CloudletNode>> prepareEventSources(
      EventSourceContext<CloudletNode> context) {
    return List.of(CloudletNodeWakeups.of(cluster));
  }

  @Override
  public UpdateControl<CloudletNode> reconcile(CloudletNode node, Context<CloudletNode> context) {
    CloudletNodeSpec wanted = wanted(node);
    List<Condition> found = life.found(node);
    CloudletNode patch = Own.patch(node, CloudletNode::new);
    boolean other = !found.equals(life.said(node));
    if (other) {
      chronicle.tell(node, NodeLife.of(node), found);
      patch.setStatus(new CloudletNodeStatusBuilder().conditions(found).build());
    }
    if (wanted.equals(own(node))) {
      return other ? UpdateControl.patchStatus(patch) : UpdateControl.noUpdate();
    }
    patch.setSpec(wanted);
    return other ? UpdateControl.patchResourceAndStatus(patch) : UpdateControl.patchResource(patch);
  }

  private CloudletNodeSpec wanted(CloudletNode node) {
    List<WantedBase> bases = wantedBases.of(node);
    return new CloudletNodeSpec(null, bases, unneeded.of(node, bases));
  }

  /** The operator's part of what is there. */
  private static CloudletNodeSpec own(CloudletNode node) {
    CloudletNodeSpec now = node.getSpec();
    return now == null
        ? new CloudletNodeSpec(null, List.of(), List.of())
        : new CloudletNodeSpec(null, now.bases(), now.discard());
  }
}
