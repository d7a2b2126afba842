package io.cloudlet.operator;

import static io.cloudlet.operator.World.NAMESPACE;
import static io.cloudlet.operator.World.message;
import static io.cloudlet.operator.World.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.NodeCopy;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.WantedBase;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nodes that do not answer any more, that come back, and that are gone for good. */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class NodeLossIT {
  private static final String DIGEST = Samples.digest('a');

  @KubeConfig static String kubeConfig;

  private static World world;

  @BeforeAll
  static void start() throws Exception {
    world = World.start(kubeConfig);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void saysWhatIsLostMovesWhatHasNotBegunAndFindsTheRestAgain() {
    FakeAgent first = world.agent("node-1", 8 * Samples.GIB);
    BaseVM base = world.readyBase(first, "debian", 'a');
    first.holds(DIGEST);
    world.eventually(base, it -> assertThat(it.getStatus().nodesReady()).isEqualTo(1));
    Synthesis running = world.create(Samples.ofBase(NAMESPACE, "running", "debian"));
    var placed =
        world.eventually(running, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
    first.hold(placed);
    var ready =
        new SynthesisStatusBuilder()
            .phase(SynthesisPhase.READY)
            .vm("running-1")
            .conditions(List.of(FakeAgent.ready("Answers")))
            .build();
    first.report(placed, ready);
    Synthesis waiting = world.create(Samples.ofBase(NAMESPACE, "waiting", "debian"));
    world.eventually(waiting, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));

    first.renew(-1);

    world.eventually(
        running,
        it -> {
          assertThat(it.getStatus().phase()).isEqualTo(SynthesisPhase.READY);
          assertThat(it.getStatus().vm()).isEqualTo("running-1");
          assertThat(it.getStatus().conditions())
              .anyMatch(
                  c -> c.reason().equals("NodeLost") && c.status() == ConditionStatus.UNKNOWN);
          assertThat(message(it.getStatus().conditions(), "Ready")).contains("start its agent");
        });
    world.eventually(
        base,
        it -> {
          assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("NodeLost");
          assertThat(message(it.getStatus().conditions(), "Ready")).contains("node-1");
          assertThat(it.getStatus().nodesReady()).isZero();
          assertThat(it.getStatus().digest()).isEqualTo(DIGEST);
        });
    world.eventually(
        waiting,
        it -> assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("BaseNotReady"));

    CloudletNode lost = new CloudletNode();
    lost.getMetadata().setName("node-1");
    world.eventually(
        lost, it -> assertThat(reason(it.getStatus().conditions(), "Alive")).isEqualTo("NodeLost"));

    FakeAgent second = world.agent("node-2", 8 * Samples.GIB).holds(DIGEST);
    world.eventually(
        base,
        it -> {
          assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("Available");
          assertThat(it.getStatus().nodes())
              .extracting(NodeCopy::name)
              .containsExactly("node-1", "node-2");
          assertThat(it.getStatus().packageUrl()).startsWith("http://node-2.example.org:8600/v1/");
        });
    world.eventually(waiting, it -> assertThat(it.getStatus().node()).isEqualTo("node-2"));
    CloudletNode kept = new CloudletNode();
    kept.getMetadata().setName("node-2");
    world.eventually(
        kept,
        it ->
            assertThat(it.getSpec().bases())
                .extracting(WantedBase::digest)
                .containsExactly(DIGEST));

    first.renew(60);
    first.report(placed, ready);
    world.eventually(
        running,
        it -> {
          assertThat(it.getStatus().node()).isEqualTo("node-1");
          assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("Answers");
        });
    // What the agent has not taken back yet stays as the operator has found it.
    assertThat(reason(world.now(base).getStatus().conditions(), "Ready")).isEqualTo("Available");
    first.report(base, Samples.readyBase(DIGEST));
    world.eventually(
        base, it -> assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("Captured"));
    assertThat(second.name()).isEqualTo(world.now(waiting).getStatus().node());

    first.renew(-1);
    world.client().resource(running).delete();
    world.eventually(
        running,
        it -> {
          assertThat(it.getStatus().phase()).isEqualTo(SynthesisPhase.TERMINATING);
          assertThat(message(it.getStatus().conditions(), "Ready"))
              .contains("delete CloudletNode node-1 if it never comes back");
        });
    world.client().resource(world.node("node-1")).delete();
    world.eventuallyGone(running);
    world.eventually(
        base,
        it ->
            assertThat(it.getStatus().nodes())
                .extracting(NodeCopy::name)
                .containsExactly("node-2"));
  }
}
