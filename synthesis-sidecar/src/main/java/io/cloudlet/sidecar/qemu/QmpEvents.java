package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A subscription to some of a QEMU's events, from its creation until {@link #close}. Thread-safe.
 */
public final class QmpEvents implements AutoCloseable {
  /** When nobody takes them, the oldest are dropped. */
  private static final int CAPACITY = 1024;

  private final Set<String> names;
  private final Consumer<QmpEvents> unsubscribe;
  private final LinkedBlockingDeque<JsonNode> events = new LinkedBlockingDeque<>(CAPACITY);

  QmpEvents(Set<String> names, Consumer<QmpEvents> unsubscribe) {
    this.names = names;
    this.unsubscribe = unsubscribe;
  }

  /**
   * Waits for the next event.
   *
   * @return the whole QMP message, with {@code event}, {@code data} and {@code timestamp}; empty
   *     when none came in time
   */
  public Optional<JsonNode> next(Duration timeout) throws InterruptedException {
    return Optional.ofNullable(events.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
  }

  @Override
  public void close() {
    unsubscribe.accept(this);
  }

  void offer(JsonNode event) {
    if (names.contains(event.path("event").asText())) {
      while (!events.offerLast(event)) {
        events.pollFirst();
      }
    }
  }
}
