package io.cloudlet.sidecar.agent.node;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.sidecar.agent.control.ControllerSettings;
import io.cloudlet.sidecar.agent.control.Placed;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;

/** Makes the node known. */
public final class NodeRegistration {
  private static final String HOSTNAME = "kubernetes.io/hostname";

  private final KubernetesClient client;
  private final String node;
  private final Map<String, String> labels;
  private final Placed<CloudletNode> placed;

  /**
   * Of a node.
   *
   * @param labels what placement may select it by, beside its name
   * @param placed where the node appears once it is known
   */
  public NodeRegistration(
      KubernetesClient client,
      String node,
      Map<String, String> labels,
      Placed<CloudletNode> placed) {
    this.client = client;
    this.node = node;
    this.labels = new HashMap<>(labels);
    this.labels.putIfAbsent(HOSTNAME, node);
    this.placed = placed;
  }

  /** Creates the node's object, or gives it its labels. */
  public void register() {
    CloudletNode object = new CloudletNode();
    object.setMetadata(new ObjectMetaBuilder().withName(node).withLabels(labels).build());
    client
        .resource(object)
        .fieldManager(ControllerSettings.FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  /** The same when somebody has deleted it although its agent lives. */
  public void registerAgain() {
    if (placed.all().isEmpty()) {
      register();
    }
  }
}
