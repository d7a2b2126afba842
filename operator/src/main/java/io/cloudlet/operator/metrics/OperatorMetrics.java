package io.cloudlet.operator.metrics;

import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
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
import java.util.EnumSet;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All metrics of one operator. Thread-safe. */
public final class OperatorMetrics implements PlacementListener, AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

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
    phases("BaseVM", cluster.bases(), EnumSet.allOf(BaseVMPhase.class), it -> it.phase());
    phases("VMOverlay", cluster.overlays(), EnumSet.allOf(VMOverlayPhase.class), it -> it.phase());
    phases("Synthesis", cluster.syntheses(), EnumSet.allOf(SynthesisPhase.class), it -> it.phase());
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
      String kind, Watched<C> all, EnumSet<E> phases, Function<S, @Nullable E> phaseOf) {
    for (E phase : phases) {
      Gauge.builder("cloudlet.resources", all, it -> in(phase, it, phaseOf))
          .description("Objects by kind and phase.")
          .tag("kind", kind)
          .tag("phase", capitalised(phase.name()))
          .register(registry);
    }
  }

  private static <E extends Enum<E>, S, C extends CustomResource<?, S>> double in(
      E phase, Watched<C> all, Function<S, @Nullable E> phaseOf) {
    return all.all()
        .filter(it -> it.getStatus() != null && phaseOf.apply(it.getStatus()) == phase)
        .count();
  }

  private static String capitalised(String name) {
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
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
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
