package io.cloudlet.sidecar.agent.job;

import io.cloudlet.sidecar.node.Progress;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps how far a job has come, for whoever asks. Thread-safe. */
final class JobProgress implements Progress {
  private record Now(String stage, long total, AtomicLong done) {}

  private final Runnable further;
  private volatile Now now = new Now("", 0, new AtomicLong());

  /** Calls {@code further}, which returns at once, for each step. */
  JobProgress(Runnable further) {
    this.further = further;
  }

  @Override
  public Stage begin(String what, long total) {
    Now begun = new Now(what, total, new AtomicLong());
    now = begun;
    further.run();
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
