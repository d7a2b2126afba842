package io.cloudlet.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Liveness liveness = new Liveness(() -> now, timer);

  @BeforeEach
  void listen() {
    liveness.onChange(node -> told.add(node + "=" + liveness.isAlive(node)));
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void isAliveWhileItsLeaseIsRenewed() {
    liveness.accept(new Change<>(null, lease(now, 60)));
    liveness.accept(new Change<>(lease(now, 60), lease(now.plusSeconds(15), 60)));

    assertThat(told).containsExactly("node-1=true");
    assertThat(liveness.count()).isEqualTo(1);
    assertThat(liveness.isAlive("node-2")).isFalse();
  }

  @Test
  void isLostWhenNobodyWritesAnything() {
    liveness.accept(new Change<>(null, lease(now.minusSeconds(60).plusMillis(100), 60)));
    now = now.plusSeconds(1);

    await().until(() -> told.size() == 2);
    assertThat(told).containsExactly("node-1=true", "node-1=false");

    liveness.accept(new Change<>(null, lease(now, 60)));
    assertThat(told).last().isEqualTo("node-1=true");
  }

  @Test
  void isLostWithItsLease() {
    Lease lease = lease(now, 60);
    liveness.accept(new Change<>(null, lease));
    liveness.accept(new Change<>(lease, null));

    assertThat(told).containsExactly("node-1=true", "node-1=false");
  }

  @Test
  void isNotAliveWithAnOldLeaseOrOneThatSaysNothing() {
    liveness.accept(new Change<>(null, lease(now.minusSeconds(61), 60)));
    liveness.accept(
        new Change<>(
            null, new LeaseBuilder().withNewMetadata().withName("n").endMetadata().build()));

    assertThat(told).isEmpty();
    assertThat(liveness.count()).isZero();
  }

  private static Lease lease(Instant renewed, int seconds) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName("node-1")
        .endMetadata()
        .withNewSpec()
        .withRenewTime(renewed.atZone(ZoneOffset.UTC))
        .withLeaseDurationSeconds(seconds)
        .endSpec()
        .build();
  }
}
