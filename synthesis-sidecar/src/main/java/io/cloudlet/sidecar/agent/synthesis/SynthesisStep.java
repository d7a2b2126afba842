package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.StartMode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.pod.PodPlace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is to be done for a Synthesis next. */
sealed interface SynthesisStep {
  /** Nothing ever: what happened cannot be mended. */
  record Leave() implements SynthesisStep {}

  /** The VM runs: see to its ports, and tell. */
  record Runs(VmRecord vm) implements SynthesisStep {}

  /** The VM has ended. */
  record Over(VmRecord vm, Life life) implements SynthesisStep {}

  /** The VM had run, and nothing of it is here any more. */
  record Gone() implements SynthesisStep {}

  /** Find out which base VM the overlay needs. */
  record Look(JobState state) implements SynthesisStep {}

  /**
   * The namespace has to have the base VM first: what a node holds for another namespace is not
   * there for this one, and nothing is told of it.
   *
   * @param said what the operator says of it; null while it has said nothing
   */
  record AwaitBaseVM(String base, @Nullable Condition said) implements SynthesisStep {}

  /** The base VM has to come first. */
  record AwaitBase(String base, JobState fetch) implements SynthesisStep {}

  /**
   * The operator has to make its pod, and the node to run that.
   *
   * @param pod what the operator says of it; null when it has said nothing
   */
  record AwaitPod(@Nullable VmPod pod) implements SynthesisStep {}

  /**
   * Put it together.
   *
   * @param place in which pod; null for none
   */
  record Start(String base, @Nullable PodPlace place, JobState state) implements SynthesisStep {}

  /** Decides. */
  static SynthesisStep next(Synthesis synthesis, SynthesisStatus before, SynthesisSight seen) {
    VmRecord vm = seen.vm();
    if (vm != null && seen.life() != Life.STARTING) {
      return seen.life() == Life.ALIVE ? new Runs(vm) : new Over(vm, seen.life());
    }
    if (hadRun(before) && !seen.work().isUnderWay()) {
      return new Gone();
    }
    if (before.phase() == SynthesisPhase.FAILED && !isNodeLost(before)) {
      return new Leave();
    }
    String base = seen.base();
    if (base == null) {
      return new Look(seen.work());
    }
    if (!seen.work().isUnderWay() && !isGranted(synthesis, before)) {
      return new AwaitBaseVM(base, baseFound(before));
    }
    if (!seen.baseHere()) {
      return new AwaitBase(base, seen.fetch());
    }
    return lacksPod(seen) ? new AwaitPod(seen.pod()) : new Start(base, seen.place(), seen.work());
  }

  /** What is named by an object, the operator has found in the namespace before it chose a node. */
  private static boolean isGranted(Synthesis synthesis, SynthesisStatus before) {
    Condition found = baseFound(before);
    return synthesis.getSpec().overlayUrl() == null
        || (found != null
            && found.status() == ConditionStatus.TRUE
            && Objects.equals(found.observedGeneration(), synthesis.getMetadata().getGeneration()));
  }

  private static @Nullable Condition baseFound(SynthesisStatus before) {
    return Condition.find(before.conditions(), Condition.BASE_FOUND).orElse(null);
  }

  /** A start that is under way, or has failed for good, is told of whatever becomes of its pod. */
  private static boolean lacksPod(SynthesisSight seen) {
    boolean failed =
        seen.work() instanceof JobState.Failed(Problem problem, _) && !problem.retryable();
    return seen.asPod() && seen.place() == null && !seen.work().isUnderWay() && !failed;
  }

  private static boolean hadRun(SynthesisStatus before) {
    SynthesisPhase phase = before.phase();
    return before.vm() != null
        && (phase == SynthesisPhase.RUNNING
            || phase == SynthesisPhase.READY
            || phase == SynthesisPhase.STOPPED);
  }

  private static boolean isNodeLost(SynthesisStatus before) {
    return Condition.find(before.conditions(), Condition.READY)
        .filter(ready -> ready.reason().equals("NodeLost"))
        .isPresent();
  }

  /** Whether the VM shall boot from its disk. */
  static boolean boots(Synthesis synthesis) {
    return Objects.requireNonNullElse(synthesis.getSpec().start(), StartMode.RESUME)
        == StartMode.BOOT;
  }
}
