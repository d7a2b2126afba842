package io.cloudlet.sidecar.agent.job;

import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs of this process, each on a virtual thread of its own. What has failed is remembered until it
 * is tried again or forgotten, what has succeeded is not. Thread-safe.
 */
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration NEVER = Duration.ofDays(365);

  /** So many that some servers may be silent, and others still get their turn. */
  private static final int FETCHES = 8;

  private record Failure(JobState.Failed state, int failures) {}

  private final Map<JobKey, Job> running = new ConcurrentHashMap<>();
  private final Map<JobKey, Failure> failed = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("agent progress").factory());
  private final AtomicInteger alive = new AtomicInteger();
  private final Turns turns;
  private final Backoff backoff;
  private final JobListener listener;
  private volatile boolean closing;

  /**
   * No jobs yet.
   *
   * @param heavy how many heavy ones may run at once, at least 1
   */
  public Jobs(int heavy, Backoff backoff, JobListener listener) {
    this.turns = new Turns(Map.of(Job.PROCESSOR, heavy, Job.NETWORK, FETCHES));
    this.backoff = backoff;
    this.listener = listener;
  }

  /** How far a job has come. */
  public JobState state(JobKey key) {
    Job job = running.get(key);
    if (job != null) {
      return job.state();
    }
    Failure failure = failed.get(key);
    return failure == null ? new JobState.Absent() : failure.state;
  }

  /** Begins a job, unless it is under way, or has failed and it is too early for another try. */
  public void start(JobRequest request) {
    Failure failure = failed.get(request.key());
    if (closing || (failure != null && Instant.now().isBefore(failure.state.retry()))) {
      return;
    }
    Throttle further = new Throttle(request.changed(), STEP, clock);
    Job job = new Job(request, turns, further);
    if (running.putIfAbsent(request.key(), job) == null) {
      alive.incrementAndGet();
      job.start(() -> run(job));
    }
  }

  private void run(Job job) {
    JobKey key = job.request().key();
    long start = System.nanoTime();
    listener.started(key.kind());
    String outcome = "success";
    try {
      job.perform();
      failed.remove(key);
    } catch (Exception | OutOfMemoryError e) {
      outcome = job.isCancelled() ? "cancelled" : remember(key, e).reason();
    } finally {
      running.remove(key, job);
      listener.ended(key.kind(), outcome, Duration.ofNanos(System.nanoTime() - start));
      job.end();
      alive.decrementAndGet();
      if (!closing) {
        job.request().changed().run();
      }
    }
  }

  private Problem remember(JobKey key, Throwable thrown) {
    Problem problem = Problems.of(thrown);
    Failure before = failed.get(key);
    int failures = before == null ? 1 : before.failures + 1;
    Duration wait = problem.retryable() ? backoff.after(failures) : NEVER;
    failed.put(key, new Failure(new JobState.Failed(problem, Instant.now().plus(wait)), failures));
    LOG.atInfo()
        .setCause(problem.reason().equals("InternalError") ? thrown : null)
        .log("{} of {} failed: {}", key.kind(), key.uid(), problem.message());
    return problem;
  }

  /**
   * Asks a job to end, and forgets it if it has failed.
   *
   * @return whether there is none any more; otherwise its end is told as any other
   */
  public boolean cancel(JobKey key) {
    failed.remove(key);
    Job job = running.get(key);
    if (job == null) {
      return true;
    }
    job.cancel();
    return false;
  }

  /** How many have not ended. */
  public int alive() {
    return alive.get();
  }

  /** Cancels all jobs and waits for their ends, for the time that it takes to undo them. */
  @Override
  public void close() {
    close(Duration.ofSeconds(30));
  }

  /** The same, with a bound. What has not ended by then is left to the next start. */
  public void close(Duration patience) {
    closing = true;
    Map<JobKey, Job> left = Map.copyOf(running);
    left.values().forEach(Job::cancel);
    Instant deadline = Instant.now().plus(patience);
    for (Job job : left.values()) {
      if (!job.awaitEnd(Duration.between(Instant.now(), deadline))) {
        LOG.warn("{} has not ended within {}", job.request().what(), patience);
      }
    }
    clock.shutdownNow();
  }
}
