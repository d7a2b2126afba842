package io.cloudlet.sidecar.agent.job;

import io.cloudlet.sidecar.node.Progress;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps how far a job has come, for whoever asks. Thread-safe. */
final class JobProgress implements Progress {
  private record Now(String stage, long total, AtomicLong done) {}

  private final Runnable stage;
  private final Runnable further;
  private volatile Now now = new Now("", 0, new AtomicLong());

  /**
   * Tells what returns at once.
   *
   * @param stage hears of each new stage
   * @param further hears of each step within a stage
   */
  JobProgress(Runnable stage, Runnable further) {
    this.stage = stage;
    this.further = further;
  }

  @Override
  public Stage begin(String what, long total) {
    Now begun = new Now(what, total, new AtomicLong());
    now = begun;
    stage.run();
    return bytes -> {
      begun.done.addAndGet(bytes);
      further.run();
    };
  }

  JobState.Running state() {
    Now seen = now;
    return new JobState.Running(seen.stage, seen.done.get(), seen.total);
  }
}
