package io.cloudlet.standalone.cluster;

import io.cloudlet.sidecar.machine.Accelerator;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a cluster on one machine.
 *
 * @param name what it is called; no other node has it
 * @param labels that placements select it by
 * @param data its data directory; no other node has it
 * @param port where its agent serves overlays and packages; 0 for any, which is then kept
 * @param cacheBytes what its cache may take; 0 for a share of the disk
 * @param accelerator what runs its guests; null for what works
 */
public record NodeSettings(
    String name,
    Map<String, String> labels,
    Path data,
    int port,
    long cacheBytes,
    @Nullable Accelerator accelerator) {
  /** Takes a copy of the labels. */
  public NodeSettings {
    labels = Map.copyOf(labels);
  }
}
