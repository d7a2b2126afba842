package io.cloudlet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  @Test
  void hasDefaultsForAll() {
    OperatorConfig config = Environment.config(Map.of());

    assertThat(config.namespace()).isEqualTo("cloudlet-system");
    assertThat(config.leaderElection()).isTrue();
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.identity()).startsWith("operator-");
  }

  @Test
  void takesWhatIsGiven() {
    OperatorConfig config =
        Environment.config(
            Map.of(
                "POD_NAME", "operator-1",
                "CLOUDLET_LEADER_ELECTION", "false",
                "CLOUDLET_PORT", " 9090 "));

    assertThat(config.identity()).isEqualTo("operator-1");
    assertThat(config.leaderElection()).isFalse();
    assertThat(config.port()).isEqualTo(9090);
  }

  @Test
  void namesTheVariableThatCannotBeUsed() {
    assertThatThrownBy(() -> Environment.config(Map.of("CLOUDLET_PORT", "http")))
        .hasMessage("CLOUDLET_PORT=http cannot be used; without it, it would be 8080");
    assertThatThrownBy(() -> Environment.config(Map.of("CLOUDLET_LEADER_ELECTION", "no")))
        .hasMessageContaining("CLOUDLET_LEADER_ELECTION=no");
    assertThatThrownBy(() -> Environment.config(Map.of("CLOUDLET_THREADS", "0")))
        .hasMessageContaining("at least one thread");
  }
}
