package io.cloudlet.operator.cluster;

import io.cloudlet.api.v1alpha1.Synthesis;
import java.util.Map;
import java.util.TreeMap;

/** How pods around VMs are labelled. */
public final class VmPodLabels {
  /** The label with the name of the Synthesis, in whose namespace the pod is. */
  public static final String SYNTHESIS = "cloudlet.io/synthesis";

  private static final Map<String, String> ALL =
      Map.of("app.kubernetes.io/component", "vm", "app.kubernetes.io/managed-by", "cloudlet");

  private VmPodLabels() {}

  /** What all such pods have, and nothing else has. */
  public static Map<String, String> all() {
    return ALL;
  }

  /** Which Synthesis something belongs to. */
  public static Map<String, String> nameOf(Synthesis synthesis) {
    return Map.of(SYNTHESIS, synthesis.getMetadata().getName());
  }

  /** What the pod of one Synthesis has. */
  public static Map<String, String> of(Synthesis synthesis) {
    Map<String, String> labels = new TreeMap<>(ALL);
    labels.putAll(nameOf(synthesis));
    return labels;
  }
}
