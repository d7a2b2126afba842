package io.cloudlet.sidecar.agent.job;

import java.time.Duration;

/** Hears of jobs, for metrics. Thread-safe. */
public interface JobListener {
  /** Hears nothing. */
  JobListener NONE =
      new JobListener() {
        @Override
        public void started(String kind) {}

        @Override
        public void ended(String kind, String outcome, Duration took) {}
      };

  /** A job has begun to run. */
  void started(String kind);

  /**
   * It has ended.
   *
   * @param outcome {@code success}, {@code cancelled}, or a problem's reason
   */
  void ended(String kind, String outcome, Duration took);
}
