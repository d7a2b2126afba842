package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.image.Digest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Base VMs that somebody works with at the moment. Thread-safe. */
final class Holds {
  private final Map<Digest, Integer> counts = new ConcurrentHashMap<>();

  /** Keeps what belongs to a base VM until it is closed. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  Hold hold(Digest base) {
    counts.merge(base, 1, Integer::sum);
    return () -> counts.computeIfPresent(base, (_, count) -> count == 1 ? null : count - 1);
  }

  boolean isHeld(Digest base) {
    return counts.containsKey(base);
  }
}
