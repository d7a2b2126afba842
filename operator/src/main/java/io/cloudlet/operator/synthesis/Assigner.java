package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.MachineStatus;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.placement.Demand;
import io.cloudlet.operator.placement.Placer;
import io.cloudlet.operator.placement.Verdict;
import io.cloudlet.operator.status.Turn;

/** Finds what a VM is made of and a node for it, once; what an agent has begun stays. */
final class Assigner {
  private final Cluster cluster;
  private final SourceResolver resolver;
  private final Placer placer;

  Assigner(Cluster cluster, Placer placer) {
    this.cluster = cluster;
    this.resolver = new SourceResolver(cluster);
    this.placer = placer;
  }

  Assignment assign(Synthesis synthesis, SynthesisStatus now, Turn turn) {
    String node = now.node();
    if (node != null && (turn != Turn.OPERATOR || cluster.isAlive(node))) {
      return settled(synthesis, now, node);
    }
    return switch (resolver.resolve(synthesis)) {
      case Resolution.Missing missing -> new Assignment.Waiting(missing.problem());
      case Resolution.Found found -> place(synthesis, found.sources());
    };
  }

  private Assignment place(Synthesis synthesis, Sources sources) {
    return switch (placer.place(synthesis, demand(synthesis, sources))) {
      case Verdict.Nowhere nowhere -> new Assignment.Waiting(nowhere.problem());
      case Verdict.Placed placed -> new Assignment.Fresh(placed.node(), sources, placed.why());
    };
  }

  private static Demand demand(Synthesis synthesis, Sources sources) {
    Demand demand =
        Demand.ANY
            .on(synthesis.getSpec().placement())
            .near(sources.baseDigest(), sources.overlayDigest());
    MachineStatus machine = sources.machine();
    return machine == null
        ? demand
        : demand.machine(
            machine.accelerator(),
            machine.cpuModel(),
            machine.machineType(),
            machine.memoryBytes());
  }

  /**
   * What was found then; and the base VM, where only an agent could tell which one it is. A VM that
   * is there has it, and keeps it.
   */
  private Assignment settled(Synthesis synthesis, SynthesisStatus now, String node) {
    Sources sources = Sources.of(now);
    String base = now.baseDigest();
    if (synthesis.getSpec().overlayUrl() == null || base == null || now.vm() != null) {
      return new Assignment.Settled(node, sources, null);
    }
    String namespace = synthesis.getMetadata().getNamespace();
    Resolution found = resolver.byDigest(namespace, base, now.overlayDigest(), now.overlayUrl());
    return switch (found) {
      case Resolution.Found here -> new Assignment.Settled(node, here.sources(), found);
      case Resolution.Missing _ -> new Assignment.Settled(node, sources, found);
    };
  }
}
