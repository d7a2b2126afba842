package io.cloudlet.sidecar.agent.control;

import io.cloudlet.api.v1alpha1.Progress;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.node.FetchProgress;
import org.jspecify.annotations.Nullable;

/** Sizes and progress as statuses have them. */
public final class Amounts {
  private static final int ALL = 100;

  private Amounts() {}

  /** How far a job has come; null while that cannot be said in bytes. */
  public static @Nullable Progress progress(JobState state) {
    if (!(state instanceof JobState.Running(String _, long done, long total)) || total <= 0) {
      return null;
    }
    long bounded = Math.min(done, total);
    return new Progress(bounded, total, (int) (bounded * ALL / total));
  }

  /** The reason of a job that runs: that a server has not answered yet, or what it does. */
  public static String reason(JobState state, String otherwise) {
    return isUnanswered(state) ? "NoAnswer" : otherwise;
  }

  /** Whether a job waits for a server that has not answered yet. */
  public static boolean isUnanswered(JobState state) {
    return state instanceof JobState.Running(String stage, _, _)
        && stage.startsWith(FetchProgress.NO_ANSWER);
  }

  /**
   * What a job is at, in words.
   *
   * @param whole what it does altogether, such as {@code the guest is being booted}
   */
  public static String words(JobState state, String whole) {
    return switch (state) {
      case JobState.Waiting(String behind) -> "waiting for " + behind;
      case JobState.Running(String stage, long _, long _) ->
          stage.isEmpty() ? whole : whole + ": " + stage;
      case JobState.Failed failed -> failed.problem().message();
      case JobState.Absent _ -> whole;
    };
  }
}
