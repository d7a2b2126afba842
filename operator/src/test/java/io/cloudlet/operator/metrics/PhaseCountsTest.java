package io.cloudlet.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PhaseCountsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<VMOverlayPhase> objects = new ArrayList<>();
  private final AtomicInteger passes = new AtomicInteger();
  private final PhaseCounts<VMOverlayPhase> counts =
      new PhaseCounts<>(
          VMOverlayPhase.class,
          () -> {
            passes.incrementAndGet();
            return objects.stream();
          });

  @Test
  void countsAllPhasesByOnePass() {
    objects.addAll(List.of(VMOverlayPhase.READY, VMOverlayPhase.FAILED, VMOverlayPhase.READY));
    counts.register("VMOverlay", registry);
    counts.refresh();

    assertThat(gauge("Ready")).isEqualTo(2);
    assertThat(gauge("Failed")).isEqualTo(1);
    assertThat(gauge("Pending")).isZero();
    assertThat(passes).hasValue(1);
  }

  @Test
  void forgetsWhatHasGone() {
    counts.register("VMOverlay", registry);
    objects.add(VMOverlayPhase.READY);
    counts.refresh();
    objects.clear();
    counts.refresh();

    assertThat(gauge("Ready")).isZero();
  }

  @Test
  void showsEveryPhase() {
    counts.register("VMOverlay", registry);

    assertThat(registry.find("cloudlet.resources").tag("kind", "VMOverlay").gauges())
        .hasSize(VMOverlayPhase.values().length)
        .allSatisfy(gauge -> assertThat(gauge.value()).isZero());
  }

  private double gauge(String phase) {
    Gauge gauge = registry.get("cloudlet.resources").tag("phase", phase).gauge();
    return gauge.value();
  }
}
