package io.cloudlet.sidecar.agent.job;

import io.cloudlet.sidecar.agent.problem.Problem;
import java.time.Instant;

/** How far a job has come. One that has succeeded is {@link Absent}: what it made is there. */
public sealed interface JobState {
  /** There is none. */
  record Absent() implements JobState {}

  /**
   * It waits until another job has ended.
   *
   * @param behind what that one does
   */
  record Waiting(String behind) implements JobState {}

  /**
   * It runs.
   *
   * @param stage what it is at, a few words; empty in the beginning
   * @param done bytes of the stage that are done
   * @param total bytes that the stage will go through, or 0 when nobody knows
   */
  record Running(String stage, long done, long total) implements JobState {}

  /**
   * It failed.
   *
   * @param retry when it may be tried again; far in the future when that does not help
   */
  record Failed(Problem problem, Instant retry) implements JobState {}

  /** Whether it runs or is going to. */
  default boolean isUnderWay() {
    return this instanceof Waiting || this instanceof Running;
  }
}
