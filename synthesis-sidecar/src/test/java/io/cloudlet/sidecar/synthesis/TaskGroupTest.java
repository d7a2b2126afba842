package io.cloudlet.sidecar.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskGroupTest {
  @Test
  void waitsForAll() throws IOException {
    AtomicInteger done = new AtomicInteger();
    try (TaskGroup group = new TaskGroup("test")) {
      group.start("a", done::incrementAndGet);
      group.startWaiting("b", done::incrementAndGet);
      group.join();
    }
    assertThat(done).hasValue(2);
  }

  @Test
  void firstFailureEndsTheOthersAndSurfaces() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    try (TaskGroup group = new TaskGroup("test")) {
      for (int i = 0; i < 3; i++) {
        group.start(
            "waits",
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw new IOException("because of the first");
              }
            });
      }
      group.start(
          "fails",
          () -> {
            throw new IOException("the first");
          });
      assertThatThrownBy(group::join).hasMessage("the first");
    }
    assertThat(interrupted).hasValue(3);
  }

  @Test
  void bugsSurfaceAsTheyAre() {
    try (TaskGroup group = new TaskGroup("test")) {
      group.start(
          "fails",
          () -> {
            throw new IllegalStateException("bug");
          });
      assertThatThrownBy(group::join).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void interruptOfTheOwnerEndsAllTasks() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    try (TaskGroup group = new TaskGroup("test")) {
      group.start(
          "waits",
          () -> {
            try {
              never.await();
            } finally {
              ended.incrementAndGet();
            }
          });
      Thread.currentThread().interrupt();
      assertThatThrownBy(group::join)
          .isInstanceOf(InterruptedIOException.class)
          .hasMessageContaining("test was cancelled");
      assertThat(ended).hasValue(1);
    }
    assertThat(Thread.interrupted()).isTrue();
  }
}
