package io.cloudlet.sidecar.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Lets SIGINT and SIGTERM undo what a command has begun: the command's thread is interrupted, and
 * the process waits for it to clean up before it ends.
 */
final class Cancellation {
  private static final long CLEAN_UP_SECONDS = 60;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch finished = new CountDownLatch(1);

  private Cancellation() {}

  /** Runs a command on this thread; its exit code. */
  static int run(IntSupplier command) {
    Cancellation cancellation = new Cancellation();
    Thread hook = new Thread(cancellation::cancel, "cancellation");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return command.getAsInt();
    } finally {
      cancellation.finished.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        Thread.interrupted(); // The process is ending by a signal, and the hook may return now.
      }
    }
  }

  private void cancel() {
    worker.interrupt();
    try {
      if (!finished.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "cloudlet: cleaning up took over "
                + CLEAN_UP_SECONDS
                + " s; the next command does the rest");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
