package io.cloudlet.sidecar.agent.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of a job. */
final class Job {
  /** What heavy jobs share. */
  static final String PROCESSOR = "processor";

  private final JobRequest request;
  private final Turns turns;
  private final Throttle further;
  private final JobProgress progress;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Thread thread;
  private volatile boolean cancelled;
  private volatile Turns.@Nullable Turn waitingFor;

  Job(JobRequest request, Turns turns, Throttle further) {
    this.request = request;
    this.turns = turns;
    this.further = further;
    this.progress = new JobProgress(request.changed(), further::call);
  }

  JobRequest request() {
    return request;
  }

  /** Runs something, which calls {@link #perform} and {@link #end}, on the job's thread. */
  synchronized void start(Runnable whole) {
    // Not a virtual one: captures and imports compute for long, and would keep a carrier from those
    // who only wait, such as the renewal of the lease.
    thread =
        Thread.ofPlatform()
            .daemon()
            .name(request.key().kind() + " " + request.key().uid())
            .start(whole);
  }

  void perform() throws Exception {
    String resource = request.resource();
    if (resource == null) {
      performHeavily();
      return;
    }
    Turns.Turn turn = turns.enter(resource, request.what());
    try {
      await(turn);
      performHeavily();
    } finally {
      turns.leave(turn);
    }
  }

  private void performHeavily() throws Exception {
    if (!request.heavy()) {
      request.work().run(progress);
      return;
    }
    Turns.Turn turn = turns.enter(PROCESSOR, request.what());
    try {
      await(turn);
      request.work().run(progress);
    } finally {
      turns.leave(turn);
    }
  }

  private void await(Turns.Turn turn) throws InterruptedException {
    if (!turns.mayGo(turn)) {
      waitingFor = turn;
      further.call();
      turns.await(turn);
      waitingFor = null;
    }
    if (cancelled) {
      throw new InterruptedException();
    }
  }

  JobState state() {
    Turns.Turn turn = waitingFor;
    return turn == null ? progress.state() : new JobState.Waiting(turns.ahead(turn));
  }

  synchronized void cancel() {
    cancelled = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  boolean isCancelled() {
    return cancelled;
  }

  void end() {
    ended.countDown();
  }

  boolean awaitEnd(Duration patience) {
    try {
      return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
