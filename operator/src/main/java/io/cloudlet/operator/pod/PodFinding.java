package io.cloudlet.operator.pod;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.operator.status.Findings;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of the pod around a VM.
 *
 * @param pod absent while there is none
 * @param word how it does, or why there is none; absent where VMs are no pods
 * @param again when to look again without being woken; absent for never
 */
public record PodFinding(@Nullable VmPod pod, @Nullable Problem word, @Nullable Duration again) {
  /** There is no pod, and none is wanted. */
  static final PodFinding NONE = new PodFinding(null, null, null);

  /** There is no pod, for a reason. */
  static PodFinding lacking(Problem why, @Nullable Duration again) {
    return new PodFinding(null, why, again);
  }

  PodFinding again(Duration when) {
    return new PodFinding(pod, word, when);
  }

  /** Writes it down. */
  public void describe(Findings findings) {
    Problem said = word;
    if (said != null) {
      boolean runs = said.reason() == Reason.POD_RUNNING;
      ConditionStatus status = runs ? ConditionStatus.TRUE : ConditionStatus.FALSE;
      findings.add(Condition.POD_RUNNING, status, said.reason(), said.message());
    }
  }

  /** Why no VM can be put into it, if none can. */
  public Optional<Problem> obstacle() {
    return Optional.ofNullable(word).filter(it -> it.reason() != Reason.POD_RUNNING);
  }
}
