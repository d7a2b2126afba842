package io.cloudlet.operator;

import static io.cloudlet.operator.World.NAMESPACE;
import static io.cloudlet.operator.World.message;
import static io.cloudlet.operator.World.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudlet.api.v1alpha1.Address;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.Failure;
import io.cloudlet.api.v1alpha1.Placement;
import io.cloudlet.api.v1alpha1.ServicePort;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisSpec;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import io.cloudlet.operator.status.Own;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
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
  private static FakeAgent small;
  private static FakeAgent large;

  @BeforeAll
  static void start() throws Exception {
    world = World.start(kubeConfig);
    small = world.agent("node-small", 4 * Samples.GIB);
    var _ = world.readyBase(small, "debian", 'a');
    small.holds(Samples.digest('a'));
    large = world.agent("node-large", 64 * Samples.GIB);
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
    small.report(placed, Samples.readyBase(Samples.digest('b')));
    large.holds(Samples.digest('b'));

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
  void findsTheBaseOfAnOverlayAndWhereItIs() {
    var spec =
        new VMOverlaySpec(
            null, "https://x.example.org/o", Samples.digest('c'), null, null, null, null);
    VMOverlay overlay = world.create(Samples.overlay(NAMESPACE, "app", spec));
    Synthesis shop = world.create(Samples.ofOverlay(NAMESPACE, "of-overlay", "app"));
    world.eventually(
        shop,
        it ->
            assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("OverlayNotReady"));
    VMOverlay placed =
        world.eventually(overlay, it -> assertThat(it.getStatus().node()).isNotNull());

    small.report(placed, Samples.readyOverlay(Samples.digest('c'), Samples.digest('9')));
    world.eventually(
        shop,
        it ->
            assertThat(message(it.getStatus().conditions(), "Ready"))
                .contains(Samples.digest('9'))
                .contains("create a BaseVM with source.package"));

    small.report(placed, Samples.readyOverlay(Samples.digest('c'), Samples.digest('a')));
    world.eventually(
        shop,
        it -> {
          assertThat(it.getStatus().phase()).isEqualTo(SynthesisPhase.SCHEDULED);
          assertThat(it.getStatus().overlayDigest()).isEqualTo(Samples.digest('c'));
          assertThat(it.getStatus().overlayUrl()).contains("/v1/overlays/");
          assertThat(it.getStatus().baseDigest()).isEqualTo(Samples.digest('a'));
        });
  }

  @Test
  void hasAnAgentReadAnOverlayFromElsewhereAndFindsItsBaseThen() {
    Synthesis shop =
        world.create(
            Samples.ofUrl(NAMESPACE, "of-url", "https://x.example.org/o", Samples.digest('d')));
    Synthesis placed =
        world.eventually(
            shop, it -> assertThat(it.getStatus().phase()).isEqualTo(SynthesisPhase.SCHEDULED));
    FakeAgent agent = "node-small".equals(placed.getStatus().node()) ? small : large;
    var fetching =
        new SynthesisStatusBuilder()
            .phase(SynthesisPhase.FETCHING)
            .conditions(List.of(FakeAgent.condition(ConditionStatus.FALSE, "Fetching")));

    agent.report(placed, fetching.baseDigest(Samples.digest('e')).build());
    world.eventually(
        shop,
        it -> {
          assertThat(reason(it.getStatus().conditions(), "BaseFound")).isEqualTo("BaseNotFound");
          assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("Fetching");
        });

    agent.report(placed, fetching.baseDigest(Samples.digest('a')).build());
    world.eventually(
        shop,
        it -> {
          assertThat(it.getStatus().machine()).isEqualTo(Samples.machine(Samples.GIB));
          assertThat(it.getStatus().baseDigest()).isEqualTo(Samples.digest('a'));
          assertThat(reason(it.getStatus().conditions(), "BaseFound")).isEqualTo("BaseFound");
        });
    agent.report(placed, fetching.baseDigest(Samples.digest('7')).build());
    world.eventually(
        shop,
        it ->
            assertThat(reason(it.getStatus().conditions(), "BaseFound")).isEqualTo("BaseNotFound"));
    BaseVM wish = world.create(Samples.base(NAMESPACE, "wish"));
    BaseVM made = world.eventually(wish, it -> assertThat(it.getStatus().node()).isNotNull());
    small.report(made, Samples.readyBase(Samples.digest('7')));
    Synthesis found =
        world.eventually(
            shop,
            it -> assertThat(Condition.isTrue(it.getStatus().conditions(), "BaseFound")).isTrue());
    world.eventually(
        wish, it -> assertThat(it.getStatus().users()).containsExactly("Synthesis of-url"));
    await()
        .ignoreExceptions()
        .until(() -> world.client().resource(world.now(found)).edit(SynthesisIT::withPort) != null);
    world.eventually(
        shop,
        it ->
            assertThat(Condition.find(it.getStatus().conditions(), "BaseFound"))
                .hasValueSatisfying(said -> assertThat(said.observedGeneration()).isEqualTo(2L)));
  }

  @Test
  void leadsAServiceToTheVmAndTakesItAwayAgain() {
    Synthesis shop =
        world.create(
            Samples.ofBase(NAMESPACE, "served", "debian", new ServicePort(8080, 80, "http")));
    Synthesis placed =
        world.eventually(
            shop,
            it -> assertThat(reason(it.getStatus().conditions(), "Exposed")).isEqualTo("Exposed"));
    Service service = world.client().services().inNamespace(NAMESPACE).withName("served").get();
    assertThat(service.getSpec().getSelector()).isNullOrEmpty();
    assertThat(service.getSpec().getPorts())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.getPort()).isEqualTo(80);
          assertThat(it.getTargetPort().getIntVal()).isEqualTo(8080);
        });
    assertThat(service.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(it -> assertThat(it.getUid()).isEqualTo(shop.getMetadata().getUid()));

    FakeAgent agent = "node-small".equals(placed.getStatus().node()) ? small : large;
    agent.hold(placed);
    var running =
        new SynthesisStatusBuilder()
            .phase(SynthesisPhase.RUNNING)
            .vm("served-1")
            .conditions(List.of(FakeAgent.condition(ConditionStatus.FALSE, "NoAnswer")))
            .addresses(
                List.of(
                    new Address(22, "127.0.0.1", 30000), new Address(8080, "192.0.2.7", 30001)));
    agent.report(placed, running.build());
    EndpointSlice slice = slice("served", false);
    assertThat(slice.getEndpoints().getFirst().getAddresses()).containsExactly("192.0.2.7");
    assertThat(slice.getPorts().getFirst().getPort()).isEqualTo(30001);
    assertThat(slice.getPorts().getFirst().getName()).isEqualTo("http");
    agent.report(
        placed,
        running
            .phase(SynthesisPhase.READY)
            .conditions(List.of(FakeAgent.ready("Answers")))
            .build());
    var _ = slice("served", true);

    world.client().resource(placed).delete();
    world.eventually(
        placed,
        it -> {
          assertThat(it.getStatus().phase()).isEqualTo(SynthesisPhase.TERMINATING);
          assertThat(message(it.getStatus().conditions(), "Ready"))
              .contains("waiting for the agent of node " + placed.getStatus().node());
        });
    agent.release(placed);
    world.eventuallyGone(placed);
    world.eventuallyGone(service);
    world.eventuallyGone(slice);
  }

  private static EndpointSlice slice(String name, boolean ready) {
    EndpointSlice named = new EndpointSliceBuilder().withNewMetadata().endMetadata().build();
    named.getMetadata().setNamespace(NAMESPACE);
    named.getMetadata().setName(name);
    return world.eventually(
        named,
        it -> assertThat(it.getEndpoints().getFirst().getConditions().getReady()).isEqualTo(ready));
  }

  @Test
  void leavesAServiceAloneThatIsNotItsOwn() {
    Service theirs =
        world.create(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("taken")
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(443)
                .endPort()
                .endSpec()
                .build());
    Synthesis shop =
        world.create(
            Samples.ofBase(NAMESPACE, "taken", "debian", new ServicePort(8080, 80, "http")));
    world.eventually(
        shop,
        it -> {
          assertThat(message(it.getStatus().conditions(), "Exposed"))
              .contains("there is a Service taken already");
          assertThat(it.getStatus().phase()).isEqualTo(SynthesisPhase.SCHEDULED);
        });
    world.client().resource(shop).delete();
    world.eventuallyGone(shop);
    assertThat(world.now(theirs).getSpec().getPorts().getFirst().getPort()).isEqualTo(443);
  }

  @Test
  void writesNothingThatIsTheAgentsAndLosesNothingOfOthers() {
    Synthesis shop = Samples.ofBase(NAMESPACE, "owned", "debian");
    shop.getMetadata().setLabels(Map.of("team", "green"));
    Synthesis created = world.create(shop);
    Synthesis placed =
        world.eventually(
            created, it -> assertThat(it.getStatus().phase()).isEqualTo(SynthesisPhase.SCHEDULED));
    FakeAgent agent = "node-small".equals(placed.getStatus().node()) ? small : large;
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
        .until(
            () -> world.client().resource(world.now(placed)).edit(SynthesisIT::withPort) != null);

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

  private static Synthesis withPort(Synthesis synthesis) {
    SynthesisSpec spec = synthesis.getSpec();
    synthesis.setSpec(
        new SynthesisSpec(
            spec.baseRef(),
            null,
            spec.overlayUrl(),
            spec.digest(),
            null,
            spec.start(),
            spec.earlyStart(),
            List.of(new ServicePort(8080, null, null)),
            null));
    return synthesis;
  }

  private static String fields(Synthesis synthesis, String manager) {
    return synthesis.getMetadata().getManagedFields().stream()
        .filter(it -> it.getManager().equals(manager) && "status".equals(it.getSubresource()))
        .map(it -> Serialization.asJson(it.getFieldsV1()).replace("\\", ""))
        .collect(Collectors.joining());
  }
}
