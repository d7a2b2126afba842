package io.cloudlet.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.operator.cluster.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AssumptionsTest {
  private Instant now = Instant.EPOCH;
  private final Assumptions assumptions = new Assumptions(() -> now);

  @Test
  void countsUntilTheCacheShowsIt() {
    assumptions.put("u1", "node-1", 5);
    assumptions.put("u2", "node-1", 7);

    assertThat(assumptions.bytesByNode("other")).isEqualTo(Map.of("node-1", 12L));
    assertThat(assumptions.bytesByNode("u1")).isEqualTo(Map.of("node-1", 7L));

    settle("u1", null);
    settle("u2", "node-2");
    assertThat(assumptions.bytesByNode("other")).isEqualTo(Map.of("node-1", 12L));
    settle("u1", "node-1");
    assertThat(assumptions.bytesByNode("other")).isEqualTo(Map.of("node-1", 7L));
  }

  @Test
  void forgetsWhatIsDeletedOrPlacedElsewhere() {
    assumptions.put("u1", "node-1", 5);
    assumptions.put("u2", "node-1", 7);

    assumptions.settle(new Change<>(synthesis("u1"), null), it -> null);
    assumptions.put("u2", "node-2", 7);

    assertThat(assumptions.bytesByNode("other")).isEqualTo(Map.of("node-2", 7L));
  }

  @Test
  void forgetsWhatNeverShowsUp() {
    assumptions.put("u1", "node-1", 5);
    now = now.plus(Duration.ofMinutes(2));
    assumptions.put("u2", "node-1", 7);

    assertThat(assumptions.has("u1")).isFalse();
    assertThat(assumptions.bytesByNode("other")).isEqualTo(Map.of("node-1", 7L));
  }

  private void settle(String uid, @Nullable String node) {
    assumptions.settle(new Change<>(null, synthesis(uid)), it -> node);
  }

  private static Synthesis synthesis(String uid) {
    Synthesis synthesis = new Synthesis();
    synthesis.getMetadata().setUid(uid);
    return synthesis;
  }
}
