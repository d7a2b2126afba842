package io.cloudlet.operator;

import static io.cloudlet.operator.World.message;
import static io.cloudlet.operator.World.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.api.v1alpha1.VmsAs;
import io.cloudlet.api.words.VmNames;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How the pod around a VM comes to be, in a namespace that takes nothing but what is restricted.
 */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class VmPodIT {
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
  void isMadeOnceNodeAndMachineAreKnownAndToldOf() {
    Synthesis shop = pods.create("made");
    Pod pod = pods.pod(shop);
    assertThat(pod.getMetadata().getName())
        .isEqualTo(VmNames.of("made", shop.getMetadata().getUid()));
    assertThat(pod.getSpec().getContainers().getFirst().getResources().getRequests())
        .containsEntry("memory", new Quantity((1024 + 128 + 8 + 4 + 128) + "Mi"));
    pods.eventually(
        shop,
        it -> {
          assertThat(PodWorld.seen(it).uid()).isEqualTo(pod.getMetadata().getUid());
          assertThat(PodWorld.seen(it).phase()).isEqualTo(VmPodPhase.PENDING);
          assertThat(it.phase()).isEqualTo(SynthesisPhase.SCHEDULED);
          assertThat(reason(it.conditions(), Condition.POD_RUNNING)).isEqualTo("PodPending");
        });

    pods.kubelet().runs(pod, "192.0.2.8");

    pods.eventually(
        shop,
        it -> {
          assertThat(PodWorld.seen(it).phase()).isEqualTo(VmPodPhase.RUNNING);
          assertThat(PodWorld.seen(it).address()).isEqualTo("192.0.2.8");
          assertThat(Condition.isTrue(it.conditions(), Condition.POD_RUNNING)).isTrue();
        });
  }

  @Test
  void whatKeepsItFromRunningIsSaid() {
    Synthesis shop = pods.create("hindered");
    Pod pod = pods.pod(shop);

    pods.kubelet().cannotPlace(pod, "0/2 nodes are available: 1 Insufficient memory.");
    says(shop, "Unschedulable", "Insufficient memory");
    pods.kubelet().waits(pod, "ErrImagePull", "pull access denied");
    says(shop, "ImagePullBackOff", "pull access denied");
    pods.kubelet().waits(pod, "CreateContainerConfigError", "container has runAsNonRoot");
    says(shop, "PodNotStarted", "runAsNonRoot");
    assertThat(pods.world().now(shop).getStatus().error()).isNotNull();
    pods.kubelet().runs(pod, "192.0.2.7");
    pods.eventually(shop, it -> assertThat(it.error()).isNull());
  }

  private static void says(Synthesis synthesis, String reason, String words) {
    pods.eventually(
        synthesis,
        it -> {
          assertThat(reason(it.conditions(), Condition.POD_RUNNING)).isEqualTo(reason);
          assertThat(message(it.conditions(), Condition.POD_RUNNING)).contains(words);
          assertThat(reason(it.conditions(), Condition.READY)).isEqualTo(reason);
          assertThat(PodWorld.seen(it).message()).contains(words);
        });
  }

  @Test
  void isMadeAgainWhenItEndsBeforeItsVmHasBegun() {
    Synthesis shop = pods.create("refused");
    Pod first = pods.pod(shop);

    pods.kubelet().fails(first, "OutOfmemory", "Node didn't have enough resource: memory");

    says(shop, "NodeRefusedPod", "OutOfmemory");
    pods.eventually(
        shop,
        it -> {
          assertThat(PodWorld.seen(it).uid()).isNotEqualTo(first.getMetadata().getUid());
          assertThat(PodWorld.seen(it).phase()).isEqualTo(VmPodPhase.PENDING);
        });
  }

  @Test
  void whatRefusesItIsToldAndItIsMadeOnceThatIsGone() {
    LimitRange range =
        pods.world()
            .create(
                new LimitRangeBuilder()
                    .withNewMetadata()
                    .withName("small")
                    .withNamespace(World.NAMESPACE)
                    .endMetadata()
                    .withNewSpec()
                    .addNewLimit()
                    .withType("Container")
                    .addToMax("memory", new Quantity("64Mi"))
                    .endLimit()
                    .endSpec()
                    .build());
    await().until(this::isInForce);
    Synthesis shop = pods.create("limited");
    pods.eventually(
        shop,
        it -> {
          assertThat(reason(it.conditions(), Condition.POD_RUNNING)).isEqualTo("PodRefused");
          assertThat(message(it.conditions(), Condition.READY))
              .contains("maximum memory usage per Container is 64Mi");
          assertThat(it.pod()).isNull();
        });

    pods.world().client().resource(range).delete();

    assertThat(pods.pod(shop)).isNotNull();
  }

  private boolean isInForce() {
    Pod large = theirs("large");
    large
        .getSpec()
        .getContainers()
        .getFirst()
        .setResources(
            new ResourceRequirementsBuilder().addToLimits("memory", new Quantity("1Gi")).build());
    try {
      var _ = pods.world().client().resource(large).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return true;
    }
  }

  @Test
  void aPodOfSomebodyElseOfItsNameIsLeftAlone() {
    pods.agent().publish(it -> it.vmsAs(VmsAs.PROCESSES));
    Synthesis shop = pods.create("taken");
    pods.eventually(shop, it -> assertThat(it.node()).isNotNull());
    Pod theirs = pods.world().create(theirs(VmNames.of("taken", shop.getMetadata().getUid())));

    pods.agent().publish(it -> it.vmsAs(VmsAs.PODS));

    pods.eventually(
        shop,
        it -> assertThat(reason(it.conditions(), Condition.POD_RUNNING)).isEqualTo("PodNameTaken"));
    assertThat(pods.world().now(theirs).getMetadata().getUid())
        .isEqualTo(theirs.getMetadata().getUid());
    pods.world().client().resource(theirs).delete();
    assertThat(pods.pod(shop)).isNotNull();
  }

  /** One that somebody else has made. */
  static Pod theirs(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(World.NAMESPACE)
        .endMetadata()
        .withNewSpec()
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .addNewContainer()
        .withName("theirs")
        .withImage("theirs")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .endContainer()
        .endSpec()
        .build();
  }
}
