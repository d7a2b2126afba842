package io.cloudlet.sidecar.agent.control;

import io.cloudlet.sidecar.agent.job.JobState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When to try again what has failed. */
public final class Retry {
  private static final Duration LEAST = Duration.ofMillis(50);

  private Retry() {}

  /** The time from now; null when there is nothing to try again. */
  public static @Nullable Duration of(JobState state) {
    if (!(state instanceof JobState.Failed failed) || !failed.problem().retryable()) {
      return null;
    }
    Duration left = Duration.between(Instant.now(), failed.retry());
    return left.compareTo(LEAST) < 0 ? LEAST : left.plus(LEAST);
  }

  /** Whether it may be tried now, or for the first time. */
  public static boolean isDue(JobState state) {
    return switch (state) {
      case JobState.Absent _ -> true;
      case JobState.Failed failed ->
          failed.problem().retryable() && !Instant.now().isBefore(failed.retry());
      case JobState.Running _, JobState.Waiting _ -> false;
    };
  }
}
