package io.cloudlet.operator;

import static io.cloudlet.operator.World.NAMESPACE;
import static io.cloudlet.operator.World.message;
import static io.cloudlet.operator.World.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Address;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.ServicePort;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Service of a Synthesis that has ports. */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class SynthesisServiceIT {
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

    FakeAgent agent = nodes.of(placed);
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
}
