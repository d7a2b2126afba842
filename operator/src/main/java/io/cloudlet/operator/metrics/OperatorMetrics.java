package io.cloudlet.operator.metrics;

import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.Watched;
import io.cloudlet.operator.placement.PlacementListener;
import io.cloudlet.operator.placement.Verdict;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All metrics of one operator. Thread-safe. */
public final class OperatorMetrics implements PlacementListener, AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<PhaseCounts<?>> phases = new CopyOnWriteArrayList<>();

  /** Nothing but what the JVM tells of its memory. */
  public OperatorMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
  }

  /** What the framework tells of its controllers. */
  public Metrics controllers() {
    return MicrometerMetricsV2.newBuilder(registry).build();
  }

  /** Counts what is in a cluster from now on, whenever somebody asks. */
  public void count(Cluster cluster) {
    phases("BaseVM", BaseVMPhase.class, cluster.bases(), BaseVMStatus::phase);
    phases("VMOverlay", VMOverlayPhase.class, cluster.overlays(), VMOverlayStatus::phase);
    phases("Synthesis", SynthesisPhase.class, cluster.syntheses(), SynthesisStatus::phase);
    Gauge.builder("cloudlet.nodes", cluster, it -> it.liveness().count())
        .description("Nodes with an agent that answers.")
        .tag("state", "alive")
        .register(registry);
    Gauge.builder("cloudlet.nodes", cluster, OperatorMetrics::lost)
        .description("Nodes with an agent that does not answer.")
        .tag("state", "lost")
        .register(registry);
  }

  private static double lost(Cluster cluster) {
    return cluster
        .nodes()
        .all()
        .filter(it -> !cluster.liveness().isAlive(it.getMetadata().getName()))
        .count();
  }

  private <E extends Enum<E>, S, C extends CustomResource<?, S>> void phases(
      String kind, Class<E> type, Watched<C> all, Function<S, @Nullable E> phaseOf) {
    PhaseCounts<E> counts =
        new PhaseCounts<>(
            type,
            () ->
                all.all()
                    .flatMap(it -> Stream.ofNullable(it.getStatus()))
                    .flatMap(it -> Stream.ofNullable(phaseOf.apply(it))));
    counts.register(kind, registry);
    phases.add(counts);
  }

  @Override
  public void placed(Verdict verdict, long nanos) {
    String outcome =
        switch (verdict) {
          case Verdict.Placed placed -> "Placed";
          case Verdict.Nowhere nowhere -> nowhere.problem().reason().word();
        };
    Timer.builder("cloudlet.placement")
        .description("How long choosing a node took.")
        .tag("outcome", outcome)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Everything, in Prometheus' text format. */
  public String text() {
    phases.forEach(PhaseCounts::refresh);
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
