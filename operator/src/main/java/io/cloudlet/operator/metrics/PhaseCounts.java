package io.cloudlet.operator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How many objects of a kind are in each phase. One pass over the objects counts for all phases: it
 * is made by {@link #refresh}, before the gauges are read. Thread-safe.
 */
final class PhaseCounts<E extends Enum<E>> {
  private final Class<E> type;
  private final Supplier<Stream<E>> phases;
  private volatile Map<E, Integer> counts = Map.of();

  /**
   * All zero until the first refresh.
   *
   * @param type whose constants are the phases
   * @param phases opens a stream of each object's phase; objects without one are left out
   */
  PhaseCounts(Class<E> type, Supplier<Stream<E>> phases) {
    this.type = type;
    this.phases = phases;
  }

  /** Shows a gauge for each phase, those that no object is in as well. */
  void register(String kind, MeterRegistry registry) {
    for (E phase : type.getEnumConstants()) {
      Gauge.builder("cloudlet.resources", this, it -> it.counts.getOrDefault(phase, 0))
          .description("Objects by kind and phase.")
          .tag("kind", kind)
          .tag("phase", capitalised(phase.name()))
          .register(registry);
    }
  }

  /** Counts anew. */
  void refresh() {
    Map<E, Integer> found = new EnumMap<>(type);
    try (Stream<E> all = phases.get()) {
      all.forEach(phase -> found.merge(phase, 1, Integer::sum));
    }
    counts = found;
  }

  private static String capitalised(String name) {
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
