package io.cloudlet.operator.pod;

import io.cloudlet.operator.status.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When the pod of a Synthesis may be made again that was refused, or ended too early: later and
 * later. Forgotten by a restart, after which one more try does no harm. Thread-safe.
 */
final class PodRetries {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 5;

  /**
   * The last failure.
   *
   * @param what failed: the uid of a pod, or the words of a refusal
   * @param refusal why there is no pod, where the API server has taken none
   */
  private record Failure(int number, String what, @Nullable Problem refusal, Instant due) {}

  private final InstantSource clock;
  private final Map<String, Failure> byUid = new ConcurrentHashMap<>();

  PodRetries(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes that a pod has ended, once for each pod; zero when it may be replaced. */
  Duration ended(String synthesis, String pod) {
    return left(
        byUid.compute(
            synthesis,
            (uid, last) -> last != null && last.what().equals(pod) ? last : next(last, pod, null)));
  }

  /** Notes that a pod was refused. */
  PodFinding refused(String synthesis, Problem why) {
    Failure failure = byUid.compute(synthesis, (uid, last) -> next(last, why.message(), why));
    return PodFinding.lacking(why, left(failure));
  }

  /** What is still to be said of a refusal, as long as it is too early to try again. */
  @Nullable PodFinding waiting(String synthesis) {
    Failure last = byUid.get(synthesis);
    Problem refusal = last == null ? null : last.refusal();
    return last == null || refusal == null || left(last).isZero()
        ? null
        : PodFinding.lacking(refusal, left(last));
  }

  /** Its VM runs, or never will. */
  void forget(String synthesis) {
    byUid.remove(synthesis);
  }

  private Failure next(@Nullable Failure last, String what, @Nullable Problem refusal) {
    int number = last == null ? 0 : Math.min(last.number() + 1, MOST_DOUBLINGS);
    Instant due = clock.instant().plus(FIRST.multipliedBy(1L << number));
    return new Failure(number, what, refusal, due);
  }

  private Duration left(Failure failure) {
    Duration left = Duration.between(clock.instant(), failure.due());
    return left.isNegative() ? Duration.ZERO : left;
  }
}
