package io.cloudlet.sidecar.agent.job;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of a job. */
final class Job implements Desk {
  /** What heavy work shares. */
  static final String PROCESSOR = "processor";

  /** What fetches share. */
  static final String NETWORK = "network";

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

  void perform() throws IOException {
    String resource = request.resource();
    if (resource == null) {
      performAll();
      return;
    }
    Part<Boolean> all = this::performAll;
    boolean _ = inTurn(resource, all);
  }

  private boolean performAll() throws IOException {
    if (request.heavy()) {
      return heavily(this::work);
    }
    return work();
  }

  private boolean work() throws IOException {
    request.work().run(this);
    return true;
  }

  @Override
  public Stage begin(String what, long total) {
    return progress.begin(what, total);
  }

  @Override
  public <T> T heavily(Part<T> part) throws IOException {
    return inTurn(PROCESSOR, part);
  }

  @Override
  public <T> T fetching(Part<T> part) throws IOException {
    return inTurn(NETWORK, part);
  }

  private <T> T inTurn(String resource, Part<T> part) throws IOException {
    Turns.Turn turn = turns.enter(resource, request.what());
    try {
      await(turn);
      return part.run();
    } finally {
      turns.leave(turn);
    }
  }

  private void await(Turns.Turn turn) throws InterruptedIOException {
    try {
      if (!turns.mayGo(turn)) {
        waitingFor = turn;
        further.call();
        turns.await(turn);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("cancelled while waiting for " + turns.ahead(turn));
    } finally {
      waitingFor = null;
    }
    if (cancelled) {
      throw new InterruptedIOException("cancelled before its turn");
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
