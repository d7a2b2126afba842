package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/** Takes unused memory out of a guest and gives it back. Needs a guest with a balloon driver. */
public final class Balloon {
  private static final String DEVICE = "/machine/peripheral/balloon0";

  /** No change for so long means that the guest gives no more, or has no driver. */
  private static final Duration SETTLED = Duration.ofMillis(500);

  private static final Duration STEP = Duration.ofMillis(20);

  private final QmpClient qmp;

  /** Over a client that stays the caller's. */
  public Balloon(QmpClient qmp) {
    this.qmp = qmp;
  }

  /**
   * Leaves the guest less memory and waits until it has given up the rest, or gives no more.
   *
   * @param wanted bytes that the guest shall keep; rounded up to whole pages
   * @param limit to wait; the guest goes on giving after it
   * @return bytes that the guest has now
   */
  public long squeeze(long wanted, Duration limit) throws IOException {
    long target = Page.count(wanted) << Page.SHIFT;
    request(target);
    long deadline = System.nanoTime() + limit.toNanos();
    long actual = actual();
    long changed = System.nanoTime();
    while (actual > target
        && System.nanoTime() < deadline
        && System.nanoTime() - changed < SETTLED.toNanos()) {
      pause();
      long now = actual();
      if (now != actual) {
        actual = now;
        changed = System.nanoTime();
      }
    }
    return actual;
  }

  /**
   * Gives everything back; does not wait.
   *
   * @param memoryBytes all of the machine's memory
   */
  public void release(long memoryBytes) throws IOException {
    request(memoryBytes);
  }

  /** Bytes that the guest has now. */
  public long actual() throws IOException {
    return qmp.execute("query-balloon").path("actual").asLong();
  }

  /**
   * Asks the guest for its free memory.
   *
   * @param limit to wait for the guest's answer
   * @return bytes; empty when the guest does not answer
   */
  public OptionalLong free(Duration limit) throws IOException {
    set("guest-stats-polling-interval", 1);
    try {
      long deadline = System.nanoTime() + limit.toNanos();
      while (System.nanoTime() < deadline) {
        JsonNode reply = qmp.execute("qom-get", Map.of("path", DEVICE, "property", "guest-stats"));
        long free = reply.at("/stats/stat-free-memory").asLong(-1);
        if (reply.path("last-update").asLong() > 0 && free >= 0) {
          return OptionalLong.of(free);
        }
        pause();
      }
      return OptionalLong.empty();
    } finally {
      set("guest-stats-polling-interval", 0);
    }
  }

  private void set(String property, Object value) throws IOException {
    qmp.execute("qom-set", Map.of("path", DEVICE, "property", property, "value", value));
  }

  private void request(long bytes) throws IOException {
    qmp.execute("balloon", Map.of("value", bytes));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the guest's memory");
    }
  }
}
