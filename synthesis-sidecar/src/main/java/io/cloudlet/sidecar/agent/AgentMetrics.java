package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.cache.CacheLimit;
import io.cloudlet.sidecar.agent.job.JobListener;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the agent counts: jobs by kind and outcome, the cache, its controllers. Thread-safe. */
final class AgentMetrics implements JobListener, AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();

  /** For the controllers. */
  Metrics controllers() {
    return MicrometerMetricsV2.newBuilder(registry).build();
  }

  /** Watches a cache. */
  void cache(CacheLimit cache) {
    Gauge.builder("cloudlet.agent.cache.used", cache, AgentMetrics::used)
        .baseUnit("bytes")
        .description("What base VMs, packages and memory images take")
        .register(registry);
  }

  private static double used(CacheLimit cache) {
    try {
      return cache.usage().used();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  @Override
  public void started(String kind) {
    running
        .computeIfAbsent(
            kind,
            it ->
                registry.gauge(
                    "cloudlet.agent.jobs.running", Tags.of("kind", it), new AtomicInteger()))
        .incrementAndGet();
  }

  @Override
  public void ended(String kind, String outcome, Duration took) {
    AtomicInteger now = running.get(kind);
    if (now != null) {
      now.decrementAndGet();
    }
    registry.timer("cloudlet.agent.jobs", "kind", kind, "outcome", outcome).record(took);
  }

  /** In the text format of Prometheus. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
