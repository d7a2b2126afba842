package io.cloudlet.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PodRetriesTest {
  private static final Problem REFUSED = new Problem(Reason.POD_REFUSED, "exceeded quota");

  private Instant now = Instant.EPOCH;
  private final PodRetries retries = new PodRetries(() -> now);

  @Test
  void waitsLongerAndLonger() {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Duration wait = Objects.requireNonNull(retries.refused("web", REFUSED).again());
      waits.add(wait.toSeconds());
      now = now.plus(wait);
    }

    assertThat(waits).containsExactly(2L, 4L, 8L, 16L, 32L, 64L, 64L);
  }

  @Test
  void saysTheSameUntilItIsTimeToTryAgain() {
    var _ = retries.refused("web", REFUSED);
    now = now.plusMillis(1500);

    PodFinding waiting = Objects.requireNonNull(retries.waiting("web"));
    assertThat(waiting.word()).isEqualTo(REFUSED);
    assertThat(waiting.again()).isEqualTo(Duration.ofMillis(500));
    assertThat(retries.waiting("other")).isNull();

    now = now.plusMillis(500);
    assertThat(retries.waiting("web")).isNull();
  }

  @Test
  void countsEachPodOnce() {
    assertThat(retries.ended("web", "first")).isEqualTo(Duration.ofSeconds(2));
    now = now.plusSeconds(1);
    assertThat(retries.ended("web", "first")).isEqualTo(Duration.ofSeconds(1));
    assertThat(retries.waiting("web")).isNull();
    now = now.plusSeconds(9);
    assertThat(retries.ended("web", "first")).isZero();

    assertThat(retries.ended("web", "second")).isEqualTo(Duration.ofSeconds(4));
    retries.forget("web");
    assertThat(retries.ended("web", "third")).isEqualTo(Duration.ofSeconds(2));
  }
}
