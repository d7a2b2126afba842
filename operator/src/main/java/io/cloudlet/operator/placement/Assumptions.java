package io.cloudlet.operator.placement;

import io.cloudlet.operator.cluster.Change;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has been placed, and is not to be seen in the cache yet: without it, two that are placed at
 * the same time could both take the last room. Empty after a restart, when the cache is new.
 * Thread-safe.
 */
final class Assumptions {
  /** When a placement that never shows up, because it could not be written, is forgotten. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /**
   * A placement.
   *
   * @param bytes memory that it takes
   */
  record Assumed(String node, long bytes, Instant since) {}

  private final InstantSource clock;
  private final Map<String, Assumed> byUid = new ConcurrentHashMap<>();

  Assumptions(InstantSource clock) {
    this.clock = clock;
  }

  void put(String uid, String node, long bytes) {
    Instant now = clock.instant();
    byUid.values().removeIf(it -> it.since().plus(LONGEST).isBefore(now));
    byUid.put(uid, new Assumed(node, bytes, now));
  }

  boolean has(String uid) {
    return byUid.containsKey(uid);
  }

  /** Memory that is assumed to be taken on each node, except by one. */
  Map<String, Long> bytesByNode(String exceptUid) {
    Map<String, Long> sums = new ConcurrentHashMap<>();
    byUid.forEach((uid, it) -> {
      if (!uid.equals(exceptUid)) {
        sums.merge(it.node(), it.bytes(), Long::sum);
      }
    });
    return sums;
  }

  /**
   * Forgets what the cache has seen.
   *
   * @param node says where an object is
   */
  <T extends HasMetadata> void settle(Change<T> change, Function<T, @Nullable String> node) {
    T after = change.after();
    T before = change.before();
    if (after == null) {
      if (before != null) {
        byUid.remove(before.getMetadata().getUid());
      }
      return;
    }
    String seen = node.apply(after);
    byUid.computeIfPresent(
        after.getMetadata().getUid(), (uid, it) -> it.node().equals(seen) ? null : it);
  }
}
