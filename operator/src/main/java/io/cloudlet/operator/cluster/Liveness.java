package io.cloudlet.operator.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes have an agent that answers: those whose Lease has not expired. A Lease expires
 * without anybody writing anything, so each one has a timer.
 *
 * <p>Times of the agents' clocks are compared with this one's: clocks may differ by what a Lease
 * lasts longer than the time between two renewals. Thread-safe.
 */
public final class Liveness {
  /** For a Lease that does not say how long it lasts. */
  private static final Duration USUAL = Duration.ofSeconds(60);

  /** After the moment of expiry, so that rounding never makes the timer come too early. */
  private static final Duration MARGIN = Duration.ofMillis(50);

  private final InstantSource clock;
  private final ScheduledExecutorService timer;

  /** When the Lease of a node expires, for all Leases that there are. */
  private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

  /** The nodes that have been told to be alive, which have a timer running. */
  private final Map<String, Boolean> alive = new ConcurrentHashMap<>();

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Nobody is alive yet.
   *
   * @param timer for short work; stays the caller's
   */
  Liveness(InstantSource clock, ScheduledExecutorService timer) {
    this.clock = clock;
    this.timer = timer;
  }

  /** Whether the agent of a node answers. */
  public boolean isAlive(String node) {
    Instant expiry = expiries.get(node);
    return expiry != null && clock.instant().isBefore(expiry);
  }

  /** How many nodes have an agent that answers. */
  public long count() {
    return expiries.keySet().stream().filter(this::isAlive).count();
  }

  /** Tells of every node that was lost or has come back, on a thread that must not wait. */
  public void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  void accept(Change<Lease> change) {
    change
        .states()
        .map(lease -> lease.getMetadata().getName())
        .findAny()
        .ifPresent(node -> update(node, change.after()));
  }

  private void update(String node, @Nullable Lease lease) {
    if (lease == null) {
      expiries.remove(node);
    } else {
      expiries.put(node, expiry(lease.getSpec()));
    }
    check(node);
  }

  /** Tells if it has changed, and comes again when the Lease is due. */
  private synchronized void check(String node) {
    boolean now = isAlive(node);
    Boolean before = now ? alive.put(node, true) : alive.remove(node);
    if (now == (before != null)) {
      return;
    }
    if (now) {
      checkAtExpiry(node);
    }
    listeners.forEach(listener -> listener.accept(node));
  }

  private void checkAtExpiry(String node) {
    Instant expiry = expiries.getOrDefault(node, clock.instant());
    long millis = Duration.between(clock.instant(), expiry).plus(MARGIN).toMillis();
    try {
      var _ = timer.schedule(() -> expired(node), Math.max(0, millis), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The operator is stopping; nobody listens any more.
    }
  }

  private void expired(String node) {
    if (isAlive(node)) {
      checkAtExpiry(node);
    } else {
      check(node);
    }
  }

  private static Instant expiry(@Nullable LeaseSpec spec) {
    if (spec == null || spec.getRenewTime() == null) {
      return Instant.EPOCH;
    }
    Integer seconds = spec.getLeaseDurationSeconds();
    Duration lasts = seconds == null ? USUAL : Duration.ofSeconds(seconds);
    return spec.getRenewTime().toInstant().plus(lasts);
  }
}
