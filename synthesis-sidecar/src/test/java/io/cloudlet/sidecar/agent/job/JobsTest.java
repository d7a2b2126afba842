package io.cloudlet.sidecar.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class JobsTest {
  private static final JobKey KEY = new JobKey("uid", "work");

  private final List<String> outcomes = Collections.synchronizedList(new ArrayList<>());
  private final JobListener listener =
      new JobListener() {
        @Override
        public void started(String kind) {}

        @Override
        public void ended(String kind, String outcome, Duration took) {
          outcomes.add(outcome);
        }
      };
  private final Jobs jobs =
      new Jobs(1, new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(2)), listener);

  @AfterEach
  void end() {
    jobs.close();
  }

  @Test
  void whatSucceedsIsForgotten() {
    start(KEY, null, false, _ -> {});
    awaitOutcomes("success");
    Awaitility.await().until(() -> jobs.state(KEY) instanceof JobState.Absent);
  }

  @Test
  void whatFailsIsRememberedAndNotTriedTooEarly() {
    start(KEY, null, false, _ -> fail());
    awaitOutcomes("Failed");
    start(KEY, null, false, _ -> fail());
    assertThat(jobs.state(KEY)).isInstanceOf(JobState.Failed.class);
    assertThat(outcomes).hasSize(1);
    assertThat(jobs.cancel(KEY)).isTrue();
    start(KEY, null, false, _ -> {});
    awaitOutcomes("Failed", "success");
  }

  @Test
  void whatCannotBeMendedIsNotTriedAgain() {
    start(
        KEY,
        null,
        false,
        _ -> {
          throw new CorruptException("file", 7, "of other bytes");
        });
    awaitOutcomes("Corrupt");
    JobState.Failed failed = (JobState.Failed) jobs.state(KEY);
    assertThat(failed.problem().retryable()).isFalse();
    assertThat(failed.problem().message()).contains("file", "byte 7");
  }

  @Test
  void oneWaitsForTheOther() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    JobKey second = new JobKey("other", "work");
    start(KEY, "vm/a", false, _ -> await(go));
    Awaitility.await().until(() -> jobs.state(KEY) instanceof JobState.Running);
    start(second, "vm/a", false, _ -> {});
    Awaitility.await().until(() -> jobs.state(second) instanceof JobState.Waiting);
    assertThat(jobs.state(second)).isEqualTo(new JobState.Waiting("work of uid"));
    go.countDown();
    awaitOutcomes("success", "success");
  }

  @Test
  void heavyOnesTakeTurns() {
    CountDownLatch go = new CountDownLatch(1);
    JobKey second = new JobKey("other", "work");
    start(KEY, null, true, _ -> await(go));
    Awaitility.await().until(() -> jobs.state(KEY) instanceof JobState.Running);
    start(second, null, true, _ -> {});
    Awaitility.await().until(() -> jobs.state(second) instanceof JobState.Waiting);
    go.countDown();
    awaitOutcomes("success", "success");
  }

  @Test
  void whoFetchesLeavesTheProcessorToOthers() {
    CountDownLatch go = new CountDownLatch(1);
    JobKey second = new JobKey("other", "work");
    start(
        KEY,
        null,
        false,
        desk -> {
          String fetched =
              desk.fetching(() -> {
                await(go);
                return "fetched";
              });
          int length = desk.heavily(fetched::length);
          assertThat(length).isEqualTo(7);
        });
    Awaitility.await().until(() -> jobs.state(KEY) instanceof JobState.Running);
    CountDownLatch booted = new CountDownLatch(1);
    start(second, null, true, _ -> await(booted));
    Awaitility.await().until(() -> jobs.state(second) instanceof JobState.Running);

    go.countDown();
    Awaitility.await().until(() -> jobs.state(KEY).equals(new JobState.Waiting("work of other")));
    booted.countDown();
    awaitOutcomes("success", "success");
  }

  @Test
  void whoWaitsForATurnCanBeCancelled() {
    CountDownLatch go = new CountDownLatch(1);
    JobKey second = new JobKey("other", "work");
    start(KEY, null, true, _ -> await(go));
    Awaitility.await().until(() -> jobs.state(KEY) instanceof JobState.Running);
    start(second, null, false, desk -> desk.heavily(() -> true));
    Awaitility.await().until(() -> jobs.state(second) instanceof JobState.Waiting);
    assertThat(jobs.cancel(second)).isFalse();
    awaitOutcomes("cancelled");
    go.countDown();
    awaitOutcomes("cancelled", "success");
  }

  @Test
  void cancellingInterruptsAndLeavesNoFailure() {
    start(KEY, null, false, _ -> await(new CountDownLatch(1)));
    Awaitility.await().until(() -> jobs.state(KEY).isUnderWay());
    boolean gone = jobs.cancel(KEY);
    assertThat(gone).isFalse();
    awaitOutcomes("cancelled");
    Awaitility.await().until(() -> jobs.state(KEY) instanceof JobState.Absent);
  }

  @Test
  void tellsHowFarItIs() {
    CountDownLatch go = new CountDownLatch(1);
    start(
        KEY,
        null,
        false,
        progress -> {
          try (var stage = progress.begin("reading", 100)) {
            stage.advance(40);
            await(go);
          }
        });
    Awaitility.await()
        .until(() -> jobs.state(KEY).equals(new JobState.Running("reading", 40, 100)));
    go.countDown();
    awaitOutcomes("success");
  }

  @Test
  void backsOff() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));
    assertThat(backoff.after(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(3)).isEqualTo(Duration.ofSeconds(4));
    assertThat(backoff.after(1000)).isEqualTo(Duration.ofSeconds(5));
  }

  private void start(JobKey key, String resource, boolean heavy, Work work) {
    jobs.start(new JobRequest(key, "work of " + key.uid(), resource, heavy, work, () -> {}));
  }

  private void awaitOutcomes(String... expected) {
    Awaitility.await().until(() -> outcomes.equals(List.of(expected)));
  }

  private static void fail() throws IOException {
    throw new CloudletException("it is broken; mend it");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }
}
