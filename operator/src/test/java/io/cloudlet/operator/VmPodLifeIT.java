package io.cloudlet.operator;

import static io.cloudlet.operator.World.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.api.v1alpha1.VmsAs;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the pod around a VM lives and ends. */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class VmPodLifeIT {
  @KubeConfig static String kubeConfig;

  private static PodWorld pods;

  @BeforeAll
  static void start() throws Exception {
    pods = PodWorld.start(kubeConfig);
  }

  @AfterAll
  static void stop() {
    pods.close();
  }

  @Test
  void isReachedByTheServiceOnceTheGuestAnswers() {
    Synthesis shop = pods.create("served");
    Pod pod = pods.pod(shop);
    pods.runs(shop, pod);

    Service service =
        Objects.requireNonNull(
            pods.world().client().services().inNamespace(World.NAMESPACE).withName("served").get());
    assertThat(service.getSpec().getSelector())
        .containsExactlyInAnyOrderEntriesOf(pod.getMetadata().getLabels());
    assertThat(service.getSpec().getPorts().getFirst().getTargetPort().getIntVal()).isEqualTo(8080);
    assertThat(
            pods.world()
                .client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(World.NAMESPACE)
                .withName("served")
                .get())
        .isNull();

    pods.agent()
        .report(
            shop,
            new SynthesisStatusBuilder()
                .phase(SynthesisPhase.RUNNING)
                .vm(pod.getMetadata().getName())
                .conditions(List.of(FakeAgent.condition(ConditionStatus.FALSE, "PortSilent")))
                .build());
    pods.world().eventually(pod, it -> assertThat(PodWorld.gate(it)).isEqualTo("False"));
  }

  @Test
  void isNeverMadeAgainOnceItsVmHasRun() {
    Synthesis shop = pods.create("evicted");
    Pod pod = pods.pod(shop);
    pods.runs(shop, pod);

    pods.kubelet().fails(pod, "Evicted", "The node was low on resource: memory.");
    pods.eventually(
        shop,
        it -> {
          assertThat(PodWorld.seen(it).phase()).isEqualTo(VmPodPhase.ENDED);
          assertThat(PodWorld.seen(it).reason()).isEqualTo("Evicted");
          assertThat(reason(it.conditions(), Condition.POD_RUNNING)).isEqualTo("Evicted");
          assertThat(reason(it.conditions(), Condition.READY)).isEqualTo("Answers");
        });
    pods.world().client().resource(pod).delete();
    pods.eventually(
        shop,
        it -> assertThat(reason(it.conditions(), Condition.POD_RUNNING)).isEqualTo("PodEnded"));
    assertThat(pods.world().client().resource(pod).get()).isNull();
  }

  @Test
  void isToldToBeGoneWhenSomebodyDeletesIt() {
    Synthesis shop = pods.create("drained");
    Pod pod = pods.pod(shop);
    pods.kubelet().binds(pod, "node-1");
    pods.runs(shop, pod);

    pods.world().client().resource(pod).delete();
    pods.eventually(
        shop,
        it -> {
          assertThat(PodWorld.seen(it).phase()).isEqualTo(VmPodPhase.ENDING);
        });
    pods.world().client().resource(pod).withGracePeriod(0).delete();
    pods.eventually(
        shop,
        it -> {
          assertThat(PodWorld.seen(it).phase()).isEqualTo(VmPodPhase.ENDED);
          assertThat(reason(it.conditions(), Condition.POD_RUNNING)).isEqualTo("PodGone");
        });
  }

  @Test
  void goesOnceTheAgentHasEndedItsVm() {
    Synthesis shop = pods.create("deleted");
    Pod pod = pods.pod(shop);
    pods.agent().hold(shop);
    pods.runs(shop, pod);
    pods.world().client().resource(shop).delete();
    pods.eventually(
        shop,
        it -> {
          assertThat(it.phase()).isEqualTo(SynthesisPhase.TERMINATING);
          assertThat(it.pod()).isNotNull();
        });
    assertThat(pods.world().now(pod).isMarkedForDeletion()).isFalse();

    pods.agent().release(shop);

    pods.world().eventuallyGone(shop);
    pods.world().eventuallyGone(pod);
  }

  @Test
  void goesAtOnceWithANodeThatNeverComesBack() {
    FakeAgent other = pods.world().agent("a-lost", 128 * Samples.GIB);
    other.publish(it -> it.vmsAs(VmsAs.PODS));
    other.holds(Samples.digest('a'));
    Synthesis shop = pods.create("lost");
    Synthesis placed = pods.eventually(shop, it -> assertThat(it.node()).isEqualTo("a-lost"));
    Pod pod = pods.pod(placed);
    pods.kubelet().binds(pod, "a-lost");
    pods.runs(placed, pod);
    pods.agent().hold(placed);
    pods.world().client().resource(pods.world().node("a-lost")).delete();
    pods.world().client().resource(placed).delete();

    pods.world().eventuallyGone(placed);
    pods.world().eventuallyGone(pod);
  }

  @Test
  void followsItsVmToAnotherNodeWhenTheFirstIsLostBeforeItHasBegun() {
    FakeAgent other = pods.world().agent("a-short", 128 * Samples.GIB);
    other.publish(it -> it.vmsAs(VmsAs.PODS));
    other.holds(Samples.digest('a'));
    Synthesis shop = pods.create("moves");
    pods.eventually(shop, it -> assertThat(it.node()).isEqualTo("a-short"));
    Pod first = pods.pod(shop);
    pods.kubelet().binds(first, "a-short");

    other.renew(-1);

    pods.eventually(
        shop,
        it -> {
          assertThat(it.node()).isEqualTo("node-1");
          assertThat(PodWorld.seen(it).uid()).isNotEqualTo(first.getMetadata().getUid());
        });
    pods.world().client().resource(pods.world().node("a-short")).delete();
  }

  @Test
  void isGuardedWhileItsVmIsCaptured() {
    Synthesis shop = pods.create("captured");
    Pod pod = pods.pod(shop);
    pods.runs(shop, pod);
    var spec = new VMOverlaySpec(new ObjectRef("captured"), null, null, null, null, null, null);
    VMOverlay overlay = pods.world().create(Samples.overlay(World.NAMESPACE, "app", spec));
    PodDisruptionBudget budget = new PodDisruptionBudget();
    budget.setMetadata(
        new ObjectMetaBuilder()
            .withName(pod.getMetadata().getName())
            .withNamespace(World.NAMESPACE)
            .build());

    PodDisruptionBudget guard =
        pods.world()
            .eventually(
                budget, it -> assertThat(it.getSpec().getMinAvailable().getIntVal()).isEqualTo(1));
    assertThat(guard.getMetadata().getOwnerReferences().getFirst().getUid())
        .isEqualTo(shop.getMetadata().getUid());
    assertThat(guard.getSpec().getSelector().getMatchLabels())
        .isEqualTo(pod.getMetadata().getLabels());

    pods.agent()
        .report(
            pods.world().now(overlay),
            Samples.readyOverlay(Samples.digest('c'), Samples.digest('a')));
    pods.world().eventuallyGone(guard);
  }
}
