package io.cloudlet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Failure;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The loop of a Synthesis, against a real API server and an agent that only says what it did. */
@EnableKubeAPIServer
class SynthesisIT {
  private static final String NAMESPACE = "shops";
  private static final String SYSTEM = "cloudlet-system";

  @SuppressWarnings("NullAway.Init")
  @KubeConfig
  static String kubeConfig;

  private static KubernetesClient client;
  private static Operator operator;
  private static FakeAgent agent;

  @BeforeAll
  static void start() throws InterruptedException {
    client = Installation.client(kubeConfig);
    Installation.namespace(client, NAMESPACE);
    Installation.namespace(client, SYSTEM);
    Installation.crds(client);
    operator = new Operator(OperatorConfig.alone(SYSTEM, "test"), client);
    operator.start();
    agent = new FakeAgent(client, SYSTEM, "node-1", 8 * Samples.GIB).join();
  }

  @AfterAll
  static void stop() {
    operator.close();
    client.close();
  }

  @Test
  void isPlacedWhenItsBaseIsReady() {
    Synthesis synthesis = client.resource(Samples.ofBase(NAMESPACE, "shop", "debian")).create();
    await()
        .untilAsserted(() -> {
          Synthesis now = client.resource(synthesis).get();
          assertThat(now.getStatus()).isNotNull();
          assertThat(now.getStatus().phase()).isEqualTo(SynthesisPhase.PENDING);
          assertThat(now.getStatus().error())
              .isNotNull()
              .extracting(Failure::reason)
              .isEqualTo("BaseNotFound");
        });
    BaseVM base = client.resource(Samples.base(NAMESPACE, "debian")).create();
    await()
        .untilAsserted(() -> {
          BaseVM now = client.resource(base).get();
          assertThat(now.getStatus()).isNotNull();
          assertThat(now.getStatus().node()).isEqualTo("node-1");
        });
    agent.report(base, Samples.readyBase(Samples.digest('a')));
    await()
        .untilAsserted(() -> {
          Synthesis now = client.resource(synthesis).get();
          assertThat(now.getStatus().node()).isEqualTo("node-1");
          assertThat(now.getStatus().phase()).isEqualTo(SynthesisPhase.SCHEDULED);
        });
  }
}
