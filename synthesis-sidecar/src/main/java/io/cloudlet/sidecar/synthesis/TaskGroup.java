package io.cloudlet.sidecar.synthesis;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that succeed or end together: the first failure interrupts all others, and nobody is left
 * behind when {@link #join} returns or the group is closed.
 *
 * <p>Started, joined and closed by one thread.
 */
final class TaskGroup implements AutoCloseable {
  /** One of the tasks. Ends soon after an interrupt. */
  interface Task {
    void run() throws IOException, InterruptedException;
  }

  private final String name;
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable Throwable failure;

  /**
   * An empty group.
   *
   * @param name what the tasks do together, for names of threads and messages
   */
  TaskGroup(String name) {
    this.name = name;
  }

  /** Starts a task that computes. */
  void start(String task, Task body) {
    start(Thread.ofPlatform().daemon().name(name + ": " + task).unstarted(() -> run(body)));
  }

  /** Starts a task that mostly waits. */
  void startWaiting(String task, Task body) {
    start(Thread.ofVirtual().name(name + ": " + task).unstarted(() -> run(body)));
  }

  private void start(Thread thread) {
    synchronized (this) {
      if (failure != null) {
        return;
      }
      threads.add(thread);
    }
    thread.start();
  }

  /**
   * Waits for all tasks.
   *
   * @throws IOException the first failure of a task
   * @throws InterruptedIOException when this thread was interrupted; the tasks have ended then too
   */
  void join() throws IOException {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw cancelled(e);
    }
    rethrow();
  }

  /** Interrupts what still runs and waits for it, however long this thread is interrupted. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    interruptAll();
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Task body) {
    try {
      body.run();
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      fail(e);
    }
  }

  /** What fails after the first failure fails because of it. */
  private void fail(Throwable cause) {
    synchronized (this) {
      if (failure != null) {
        return;
      }
      failure = cause;
    }
    interruptAll();
  }

  private void interruptAll() {
    List<Thread> all;
    synchronized (this) {
      all = List.copyOf(threads);
    }
    all.forEach(Thread::interrupt);
  }

  private synchronized void rethrow() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw cancelled(failure);
    }
  }

  private InterruptedIOException cancelled(Throwable cause) {
    InterruptedIOException cancelled = new InterruptedIOException(name + " was cancelled");
    cancelled.initCause(cause);
    return cancelled;
  }
}
