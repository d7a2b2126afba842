package io.cloudlet.operator.placement;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.Placement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node has to offer.
 *
 * @param nodeName only this node may be taken
 * @param nodeSelector labels that the node has to have
 * @param accelerator absent when any will do
 * @param cpuModel QEMU's name of the model, features included; absent when any will do
 * @param machineType absent when any will do
 * @param memoryBytes of the guest; 0 when nobody knows yet
 * @param cacheRoom whether something has to be fetched of which nobody knows how large it is
 * @param baseDigest a base VM that it is good to have already
 * @param overlayDigest an overlay that it is good to have already
 */
public record Demand(
    @Nullable String nodeName,
    Map<String, String> nodeSelector,
    @Nullable Accelerator accelerator,
    @Nullable String cpuModel,
    @Nullable String machineType,
    long memoryBytes,
    boolean cacheRoom,
    @Nullable String baseDigest,
    @Nullable String overlayDigest) {
  /** Nothing in particular. */
  public static final Demand ANY =
      new Demand(null, Map.of(), null, null, null, 0, false, null, null);

  /** The same on the nodes that people allow. */
  public Demand on(@Nullable Placement placement) {
    return placement == null
        ? this
        : new Demand(
            placement.nodeName(),
            placement.nodeSelector(),
            accelerator,
            cpuModel,
            machineType,
            memoryBytes,
            cacheRoom,
            baseDigest,
            overlayDigest);
  }

  /** The same for a machine. */
  public Demand machine(
      @Nullable Accelerator what,
      @Nullable String model,
      @Nullable String type,
      long bytesOfMemory) {
    return new Demand(
        nodeName,
        nodeSelector,
        what,
        model,
        type,
        bytesOfMemory,
        cacheRoom,
        baseDigest,
        overlayDigest);
  }

  /** The same where there is room in the cache. */
  public Demand withCacheRoom() {
    return new Demand(
        nodeName,
        nodeSelector,
        accelerator,
        cpuModel,
        machineType,
        memoryBytes,
        true,
        baseDigest,
        overlayDigest);
  }

  /** The same, better where these are. */
  public Demand near(@Nullable String base, @Nullable String overlay) {
    return new Demand(
        nodeName,
        nodeSelector,
        accelerator,
        cpuModel,
        machineType,
        memoryBytes,
        cacheRoom,
        base,
        overlay);
  }
}
