package io.cloudlet.operator.pod;

import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is to be done about the pod around a VM. */
sealed interface PodStep {
  /** Nothing but to tell of it, or that it is gone. */
  record Keep(@Nullable Pod pod) implements PodStep {}

  /** There is none, and none is wanted. */
  record None() implements PodStep {}

  /** None can be made: nobody has said of which image. */
  record LackImage() implements PodStep {}

  /** Make it. */
  record Make(Pod template) implements PodStep {}

  /** Take away one that no VM will ever be in. */
  record Remove(Pod pod) implements PodStep {}

  /** Take away one that has ended before its VM began, after a while: the next may end as well. */
  record Replace(Pod pod) implements PodStep {}

  /**
   * What is known.
   *
   * @param settled whether what is there is to stay as it is, because nobody knows whether a VM is
   *     in it
   * @param wanted whether the VM is to be a pod, and is known well enough for one
   * @param template what the pod is to be; absent when nobody has said which image
   * @param pod what is there
   */
  record Situation(boolean settled, boolean wanted, @Nullable Pod template, @Nullable Pod pod) {}

  /** Decides. A pod that a VM has been in is never replaced: what was in it is lost with it. */
  static PodStep next(SynthesisStatus now, Situation situation) {
    Pod pod = situation.pod();
    if (now.phase() == SynthesisPhase.FAILED && pod != null && !isOver(pod)) {
      return new Remove(pod);
    }
    boolean ended = now.phase() == SynthesisPhase.FAILED || now.phase() == SynthesisPhase.STOPPED;
    if (ended || now.vm() != null || situation.settled()) {
      return new Keep(pod);
    }
    if (!situation.wanted()) {
      return pod == null ? new None() : new Remove(pod);
    }
    Pod template = situation.template();
    if (template == null) {
      return pod == null ? new LackImage() : new Keep(pod);
    }
    return pod == null ? new Make(template) : see(pod, template);
  }

  private static PodStep see(Pod pod, Pod template) {
    return switch (PodSight.phase(pod)) {
      case ENDED -> new Replace(pod);
      case ENDING, RUNNING -> PodNotes.sameNode(pod, template) ? new Keep(pod) : new Remove(pod);
      case PENDING -> PodNotes.sameTemplate(pod, template) ? new Keep(pod) : new Remove(pod);
    };
  }

  private static boolean isOver(Pod pod) {
    VmPodPhase phase = Objects.requireNonNull(PodSight.phase(pod));
    return phase == VmPodPhase.ENDING || phase == VmPodPhase.ENDED;
  }
}
