package io.cloudlet.operator.placement;

import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses a node: first by filters, each of which may refuse a node for its own reason, then the
 * best of what is left. Without state, and without Kubernetes.
 */
final class Scheduler {
  /** In the order in which they are worth being told: what is wrong with the node comes first. */
  private static final List<NodeFilter> FILTERS =
      List.of(
          new AgentAnswers(),
          new AgentReady(),
          new Schedulable(),
          new LabelsMatch(),
          new AcceleratorOffered(),
          new CpuModelOffered(),
          new MachineTypeOffered(),
          new MemoryFits(),
          new CacheHasRoom());

  Verdict choose(Demand demand, List<Candidate> nodes) {
    if (nodes.isEmpty()) {
      return nowhere(
          Reason.NO_NODES, "there is no node yet: start an agent, which makes its CloudletNode");
    }
    String name = demand.nodeName();
    if (name == null) {
      return among(demand, nodes);
    }
    Optional<Candidate> named = nodes.stream().filter(it -> it.name().equals(name)).findAny();
    if (named.isEmpty()) {
      return nowhere(
          Reason.NODE_UNKNOWN,
          "node " + name + " has no agent: start one there, or name another node");
    }
    if (!named.get().alive()) {
      return nowhere(
          Reason.NODE_LOST,
          "the agent of node "
              + name
              + " does not answer: wait until it does, or name another"
              + " node");
    }
    return among(demand, List.of(named.get()));
  }

  private static Verdict among(Demand demand, List<Candidate> nodes) {
    List<Candidate> fitting = new ArrayList<>();
    Map<NodeFilter, List<Candidate>> refused = new LinkedHashMap<>();
    FILTERS.forEach(filter -> refused.put(filter, new ArrayList<>()));
    for (Candidate node : nodes) {
      Optional<NodeFilter> objection =
          FILTERS.stream().filter(filter -> !filter.fits(demand, node)).findFirst();
      objection
          .map(filter -> refused.computeIfAbsent(filter, it -> new ArrayList<>()))
          .orElse(fitting)
          .add(node);
    }
    return fitting.stream()
        .min(preference(demand))
        .<Verdict>map(node -> new Verdict.Placed(node.name(), praise(demand, node)))
        .orElseGet(() -> nowhere(Reason.NO_NODE_FITS, complaint(demand, nodes.size(), refused)));
  }

  private static Comparator<Candidate> preference(Demand demand) {
    Comparator<Candidate> room =
        demand.cacheRoom()
            ? Comparator.comparingLong(Candidate::cacheBytes).reversed()
            : Comparator.comparingDouble(Candidate::load);
    return Comparator.<Candidate, Boolean>comparing(node -> !hasBase(demand, node))
        .thenComparing(node -> !hasOverlay(demand, node))
        .thenComparing(room)
        .thenComparing(Candidate::name);
  }

  private static boolean hasBase(Demand demand, Candidate node) {
    String digest = demand.baseDigest();
    return digest != null && node.bases().contains(digest);
  }

  private static boolean hasOverlay(Demand demand, Candidate node) {
    String digest = demand.overlayDigest();
    return digest != null && node.overlays().contains(digest);
  }

  private static String praise(Demand demand, Candidate node) {
    if (hasOverlay(demand, node)) {
      return "which can start the overlay at once";
    }
    if (hasBase(demand, node)) {
      return "which has the base VM";
    }
    return demand.nodeName() != null ? "as asked for" : "which has room";
  }

  private static String complaint(
      Demand demand, int all, Map<NodeFilter, List<Candidate>> refused) {
    List<String> reasons = new ArrayList<>();
    refused.forEach((filter, nodes) -> {
      if (!nodes.isEmpty()) {
        nodes.sort(Comparator.comparing(Candidate::name));
        reasons.add(nodes.size() + " " + filter.because(demand, nodes));
      }
    });
    String nodes = all == 1 ? " node fits: " : " nodes fit: ";
    return "0 of " + all + nodes + String.join(", ", reasons);
  }

  private static Verdict nowhere(Reason reason, String message) {
    return new Verdict.Nowhere(new Problem(reason, message));
  }
}
