package io.cloudlet.operator;

import static io.cloudlet.operator.World.NAMESPACE;
import static io.cloudlet.operator.World.message;
import static io.cloudlet.operator.World.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.Failure;
import io.cloudlet.api.v1alpha1.Placement;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.operator.status.Own;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The loop of a Synthesis, against a real API server and agents that only say what they did. */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class SynthesisIT {
  @KubeConfig static String kubeConfig;

  private static World world;
  private static TwoNodes nodes;

  @BeforeAll
  static void start() throws Exception {
    world = World.start(kubeConfig);
    nodes = TwoNodes.join(world);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void waitsForItsBaseAndGoesWhereThatIs() {
    Synthesis shop = world.create(Samples.ofBase(NAMESPACE, "waits", "later"));
    world.eventually(
        shop,
        it -> {
          assertThat(it.getStatus().phase()).isEqualTo(SynthesisPhase.PENDING);
          assertThat(it.getStatus().error())
              .isNotNull()
              .extracting(Failure::reason)
              .isEqualTo("BaseNotFound");
          assertThat(message(it.getStatus().conditions(), "Ready"))
              .contains("there is no BaseVM later in namespace shops");
          assertThat(it.getMetadata().getFinalizers()).containsExactly(Own.FINALIZER);
        });

    BaseVM later = world.create(Samples.base(NAMESPACE, "later"));
    world.eventually(
        shop,
        it -> assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("BaseNotReady"));
    BaseVM placed = world.eventually(later, it -> assertThat(it.getStatus().node()).isNotNull());
    nodes.small().report(placed, Samples.readyBase(Samples.digest('b')));
    nodes.large().holds(Samples.digest('b'));

    world.eventually(
        shop,
        it -> {
          SynthesisStatus status = it.getStatus();
          assertThat(status.phase()).isEqualTo(SynthesisPhase.SCHEDULED);
          assertThat(status.baseDigest()).isEqualTo(Samples.digest('b'));
          assertThat(status.machine()).isEqualTo(Samples.machine(Samples.GIB));
          assertThat(status.error()).isNull();
          assertThat(reason(status.conditions(), "Scheduled")).isEqualTo("Scheduled");
        });
  }

  @Test
  void prefersTheNodeThatHasTheBase() {
    Synthesis shop = world.create(Samples.ofBase(NAMESPACE, "near", "debian"));
    world.eventually(
        shop,
        it -> {
          assertThat(it.getStatus().node()).isEqualTo("node-small");
          assertThat(message(it.getStatus().conditions(), "Scheduled"))
              .isEqualTo("placed on node node-small, which has the base VM");
        });
    world.client().resource(shop).delete();
    world.eventuallyGone(shop);
  }

  @Test
  void goesToTheNodeThatIsNamedOrSaysWhyNot() {
    var named = new Placement("node-large", Map.of());
    Synthesis there = world.create(Samples.ofBase(NAMESPACE, "named", "debian", named));
    world.eventually(there, it -> assertThat(it.getStatus().node()).isEqualTo("node-large"));

    var unknown = new Placement("nowhere", Map.of());
    Synthesis lost = world.create(Samples.ofBase(NAMESPACE, "unknown", "debian", unknown));
    world.eventually(
        lost,
        it ->
            assertThat(reason(it.getStatus().conditions(), "Scheduled")).isEqualTo("NodeUnknown"));

    var selected = new Placement(null, Map.of("zone", "edge"));
    Synthesis nowhere = world.create(Samples.ofBase(NAMESPACE, "selected", "debian", selected));
    world.eventually(
        nowhere,
        it ->
            assertThat(message(it.getStatus().conditions(), "Scheduled"))
                .startsWith("0 of ")
                .contains("lack label zone=edge"));
  }

  @Test
  void writesNothingThatIsTheAgentsAndLosesNothingOfOthers() {
    Synthesis shop = Samples.ofBase(NAMESPACE, "owned", "debian");
    shop.getMetadata().setLabels(Map.of("team", "green"));
    Synthesis created = world.create(shop);
    Synthesis placed =
        world.eventually(
            created, it -> assertThat(it.getStatus().phase()).isEqualTo(SynthesisPhase.SCHEDULED));
    FakeAgent agent = nodes.of(placed);
    agent.report(
        placed,
        new SynthesisStatusBuilder()
            .phase(SynthesisPhase.RUNNING)
            .vm("owned-1")
            .observedGeneration(1L)
            .conditions(List.of(FakeAgent.condition(ConditionStatus.FALSE, "NoAnswer")))
            .build());
    // Something for the operator to write, besides what the agent has written.
    await()
        .ignoreExceptions()
        .until(() -> world.client().resource(world.now(placed)).edit(Samples::withPort) != null);

    Synthesis now =
        world.eventually(
            placed,
            it -> {
              assertThat(reason(it.getStatus().conditions(), "Exposed")).isEqualTo("Exposed");
              assertThat(fields(it, "cloudlet-operator")).doesNotContain("f:phase");
            });
    assertThat(fields(now, "cloudlet-operator"))
        .contains("f:node", "f:baseDigest", "f:machine", "\"Scheduled\"", "\"Exposed\"")
        .doesNotContain("\"Ready\"", "f:vm", "f:error");
    assertThat(fields(now, "cloudlet-agent"))
        .contains("f:phase", "f:vm", "\"Ready\"")
        .doesNotContain("f:node", "f:machine");
    assertThat(now.getStatus().vm()).isEqualTo("owned-1");
    assertThat(now.getStatus().node()).isEqualTo(agent.name());
    assertThat(reason(now.getStatus().conditions(), "Ready")).isEqualTo("NoAnswer");
    assertThat(now.getMetadata().getLabels()).containsEntry("team", "green");
  }

  private static String fields(Synthesis synthesis, String manager) {
    return synthesis.getMetadata().getManagedFields().stream()
        .filter(it -> it.getManager().equals(manager) && "status".equals(it.getSubresource()))
        .map(it -> Serialization.asJson(it.getFieldsV1()).replace("\\", ""))
        .collect(Collectors.joining());
  }
}
