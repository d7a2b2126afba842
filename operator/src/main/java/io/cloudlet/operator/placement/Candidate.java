package io.cloudlet.operator.placement;

import io.cloudlet.api.v1alpha1.Accelerator;
import java.util.Map;
import java.util.Set;

/**
 * A node, as placement sees it.
 *
 * @param name of the node
 * @param labels that selectors look at
 * @param alive whether its agent answers
 * @param ready whether its agent can run VMs
 * @param unschedulable whether people want no new VM there
 * @param accelerators what can run guests
 * @param cpuModels that guests can have
 * @param machineTypes that guests can have
 * @param memoryBytes that all guests together may have
 * @param takenBytes of them, what is assigned already
 * @param cacheBytes room for what has to be fetched
 * @param bases digests of the base VMs that are there
 * @param overlays digests of the overlays that start at once there
 */
public record Candidate(
    String name,
    Map<String, String> labels,
    boolean alive,
    boolean ready,
    boolean unschedulable,
    Set<Accelerator> accelerators,
    Set<String> cpuModels,
    Set<String> machineTypes,
    long memoryBytes,
    long takenBytes,
    long cacheBytes,
    Set<String> bases,
    Set<String> overlays) {
  /** Memory for one more guest, 0 or more. */
  public long freeBytes() {
    return Math.max(0, memoryBytes - takenBytes);
  }

  /** How much of the memory is taken, 0 to 1; a node without any is full. */
  public double load() {
    return memoryBytes <= 0 ? 1 : Math.min(1, (double) takenBytes / memoryBytes);
  }
}
