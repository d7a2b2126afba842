package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Waits for what QEMU does not announce, first in short steps, then in longer ones.
 *
 * @param what ends the sentence "… did not happen within": subject and verb
 * @param limit for the whole
 */
record Poll(String what, Duration limit) {
  private static final long FIRST_MILLIS = 1;
  private static final long LONGEST_MILLIS = 20;

  /** Looks once. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }

  void until(Condition condition) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    long millis = FIRST_MILLIS;
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new QemuTimeoutException(what, limit);
      }
      sleep(millis);
      millis = Math.min(LONGEST_MILLIS, millis + 1);
    }
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for QEMU");
    }
  }
}
