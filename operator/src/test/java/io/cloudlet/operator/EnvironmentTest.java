package io.cloudlet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.operator.pod.PodImage;
import java.util.List;
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
  void makesPodsOfTheImageThatIsGiven() {
    assertThat(Environment.config(Map.of("CLOUDLET_VM_IMAGE", "")).vmImage()).isNull();
    assertThat(
            Environment.config(
                    Map.of(
                        "CLOUDLET_VM_IMAGE", "agent:1",
                        "CLOUDLET_VM_PULL_POLICY", "Always",
                        "CLOUDLET_VM_PULL_SECRETS", "one, two"))
                .vmImage())
        .isEqualTo(new PodImage("agent:1", "Always", List.of("one", "two")));
    assertThatThrownBy(() ->
            Environment.config(
                Map.of("CLOUDLET_VM_IMAGE", "agent:1", "CLOUDLET_VM_PULL_POLICY", "Often")))
        .hasMessageContaining("Often");
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
