package io.cloudlet.operator.placement;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeStatus;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.NodeCache;
import io.cloudlet.api.v1alpha1.VmsAs;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a node decides whether anything can be placed there: when it stays the same, nothing that
 * waits for a node has to look again.
 */
public record Offer(
    @Nullable Map<String, String> labels,
    boolean unschedulable,
    boolean ready,
    List<Accelerator> accelerators,
    List<String> cpuModels,
    List<String> machineTypes,
    @Nullable Long memoryBytes,
    boolean cacheRoom,
    @Nullable VmsAs vmsAs) {
  /** The offer of a node. */
  public static Offer of(CloudletNode node) {
    boolean unschedulable =
        node.getSpec() != null && Objects.equals(node.getSpec().unschedulable(), true);
    Map<String, String> labels = node.getMetadata().getLabels();
    CloudletNodeStatus status = node.getStatus();
    if (status == null) {
      return new Offer(
          labels, unschedulable, false, List.of(), List.of(), List.of(), null, false, null);
    }
    NodeCache cache = status.cache();
    return new Offer(
        labels,
        unschedulable,
        Condition.isTrue(status.conditions(), Condition.READY),
        status.accelerators(),
        status.cpuModels(),
        status.machineTypes(),
        status.memoryBytes(),
        cache != null && cache.limitBytes() > 0,
        status.vmsAs());
  }
}
