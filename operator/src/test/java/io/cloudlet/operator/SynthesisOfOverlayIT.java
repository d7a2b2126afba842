package io.cloudlet.operator;

import static io.cloudlet.operator.World.NAMESPACE;
import static io.cloudlet.operator.World.message;
import static io.cloudlet.operator.World.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a Synthesis of an overlay finds overlay and base VM, in the cluster or elsewhere. */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class SynthesisOfOverlayIT {
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

    nodes.small().report(placed, Samples.readyOverlay(Samples.digest('c'), Samples.digest('9')));
    world.eventually(
        shop,
        it ->
            assertThat(message(it.getStatus().conditions(), "Ready"))
                .contains(Samples.digest('9'))
                .contains("create a BaseVM with source.package"));

    nodes.small().report(placed, Samples.readyOverlay(Samples.digest('c'), Samples.digest('a')));
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
    FakeAgent agent = nodes.of(placed);
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
    nodes.small().report(made, Samples.readyBase(Samples.digest('7')));
    Synthesis found =
        world.eventually(
            shop,
            it -> assertThat(Condition.isTrue(it.getStatus().conditions(), "BaseFound")).isTrue());
    world.eventually(
        wish, it -> assertThat(it.getStatus().users()).containsExactly("Synthesis of-url"));
    await()
        .ignoreExceptions()
        .until(() -> world.client().resource(world.now(found)).edit(Samples::withPort) != null);
    world.eventually(
        shop,
        it ->
            assertThat(Condition.find(it.getStatus().conditions(), "BaseFound"))
                .hasValueSatisfying(said -> assertThat(said.observedGeneration()).isEqualTo(2L)));
  }
}
