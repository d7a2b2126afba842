package io.cloudlet.sidecar.agent.node;

import java.util.List;

/** Removes copies of what no object names any more. */
@FunctionalInterface
public interface Discarding {
  /**
   * Begins to do it, and returns at once; what cannot go yet is asked for again.
   *
   * @param digests of base VMs and overlays
   */
  void discard(List<String> digests);
}
