package io.cloudlet.operator.node;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeSpec;
import io.cloudlet.api.v1alpha1.CloudletNodeStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.WantedBase;
import io.cloudlet.operator.cluster.Cluster;
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

/** Tells a node which base VMs it shall hold, and people whether its agent answers. */
@ControllerConfiguration(
    name = "cloudletnode",
    fieldManager = Own.FIELD_MANAGER,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantNodeChange.class))
public final class CloudletNodeReconciler implements Reconciler<CloudletNode> {
  private final Cluster cluster;
  private final WantedBases wantedBases;
  private final NodeLife life;
  private final Chronicle chronicle;

  /** Decides by what a cluster says. */
  public CloudletNodeReconciler(Cluster cluster, Chronicle chronicle) {
    this.cluster = cluster;
    this.life = new NodeLife(cluster);
    this.chronicle = chronicle;
    this.wantedBases = new WantedBases(cluster);
  }

  @Override
  public List<EventSource<?, CloudletNode>> prepareEventSources(
      EventSourceContext<CloudletNode> context) {
    return List.of(CloudletNodeWakeups.of(cluster));
  }

  @Override
  public UpdateControl<CloudletNode> reconcile(CloudletNode node, Context<CloudletNode> context) {
    List<WantedBase> wanted = wantedBases.of(node);
    List<WantedBase> now = node.getSpec() == null ? List.of() : node.getSpec().bases();
    List<Condition> found = life.found(node);
    CloudletNode patch = Own.patch(node, CloudletNode::new);
    boolean other = !found.equals(life.said(node));
    if (other) {
      chronicle.tell(node, NodeLife.of(node), found);
      patch.setStatus(new CloudletNodeStatusBuilder().conditions(found).build());
    }
    if (wanted.equals(now)) {
      return other ? UpdateControl.patchStatus(patch) : UpdateControl.noUpdate();
    }
    patch.setSpec(new CloudletNodeSpec(null, wanted));
    return other ? UpdateControl.patchResourceAndStatus(patch) : UpdateControl.patchResource(patch);
  }
}
