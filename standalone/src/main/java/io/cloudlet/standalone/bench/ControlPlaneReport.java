package io.cloudlet.standalone.bench;

import io.cloudlet.sidecar.bench.Goal;
import java.util.List;
import java.util.Map;

/**
 * What a run has measured.
 *
 * @param machine where
 * @param load what was put on
 * @param created seconds until all syntheses had been accepted by the API server
 * @param ready seconds until all of them were ready, from the first on
 * @param writesEach requests that change something, per synthesis, from its creation until it was
 *     ready; those of its maker and its agent are two of them
 * @param reconcileP99 seconds, the upper bound of the bucket in the operator's histogram
 * @param placedP50 seconds from the creation of one synthesis until it had a node, with all others
 *     there
 * @param placedP99 the same
 * @param heapPeak bytes of the operator's heap, the most that was seen
 * @param heapLive bytes of the operator's heap after a collection, in the end
 * @param quiet requests while nothing was to be done, by kind
 * @param quietPerSecond all of them in a second, leader election aside
 * @param watches what the watches of many agents cost
 * @param goals what of it was meant to be reached
 */
public record ControlPlaneReport(
    String machine,
    Load load,
    double created,
    double ready,
    double writesEach,
    double reconcileP99,
    double placedP50,
    double placedP99,
    long heapPeak,
    long heapLive,
    Map<String, Double> quiet,
    double quietPerSecond,
    WatchBench.Found watches,
    List<Goal> goals) {
  /** Copies. */
  public ControlPlaneReport {
    quiet = Map.copyOf(quiet);
    goals = List.copyOf(goals);
  }
}
