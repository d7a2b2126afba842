package io.cloudlet.operator.capture;

import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.placement.Verdict;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the node where a VM runs that is to be captured: nowhere else can that be done. */
public final class RunningSynthesis {
  private static final Set<SynthesisPhase> RUNS =
      EnumSet.of(SynthesisPhase.RUNNING, SynthesisPhase.READY);

  private final Cluster cluster;

  /** Looks in a cluster. */
  public RunningSynthesis(Cluster cluster) {
    this.cluster = cluster;
  }

  /** The node of a Synthesis that runs, or why there is none. */
  public Verdict node(String namespace, ObjectRef ref) {
    Optional<Synthesis> synthesis = cluster.syntheses().find(namespace, ref.name());
    if (synthesis.isEmpty()) {
      return nowhere(
          Reason.SYNTHESIS_NOT_FOUND,
          "there is no Synthesis " + ref.name() + " in namespace " + namespace + ": create it");
    }
    SynthesisStatus status = synthesis.get().getStatus();
    String node = status == null ? null : status.node();
    boolean runs = status != null && RUNS.contains(status.phase());
    if (node == null || !runs || synthesis.get().isMarkedForDeletion()) {
      return nowhere(
          Reason.SYNTHESIS_NOT_RUNNING,
          "Synthesis "
              + ref.name()
              + " has to run to be captured, and is "
              + state(synthesis.get()));
    }
    if (!cluster.isAlive(node)) {
      return nowhere(
          Reason.NODE_LOST,
          "node "
              + node
              + ", where Synthesis "
              + ref.name()
              + " runs, does not answer: start its"
              + " agent again");
    }
    return new Verdict.Placed(node, "where Synthesis " + ref.name() + " runs");
  }

  /** What of a Synthesis decides whether it can be captured. */
  public static @Nullable Object view(Synthesis synthesis) {
    SynthesisStatus status = synthesis.getStatus();
    return status == null ? null : new View(status.node(), RUNS.contains(status.phase()));
  }

  private static String state(Synthesis synthesis) {
    SynthesisStatus status = synthesis.getStatus();
    if (synthesis.isMarkedForDeletion()) {
      return "being deleted";
    }
    return status == null || status.phase() == null ? "new" : status.phase().name();
  }

  private static Verdict nowhere(Reason reason, String message) {
    return new Verdict.Nowhere(new Problem(reason, message));
  }

  private record View(@Nullable String node, boolean runs) {}
}
