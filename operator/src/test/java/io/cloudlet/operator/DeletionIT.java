package io.cloudlet.operator;

import static io.cloudlet.operator.World.NAMESPACE;
import static io.cloudlet.operator.World.message;
import static io.cloudlet.operator.World.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudlet.api.v1alpha1.BaseSource;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.PackageSource;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing that is used is deleted, with the policy and without it. */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class DeletionIT {
  private static final String POLICY = "policy/deletion.yaml";

  @KubeConfig static String kubeConfig;

  private static World world;
  private static FakeAgent agent;

  @BeforeAll
  static void start() throws Exception {
    world = World.start(kubeConfig);
    Installation.namespace(world.client(), "closing");
    agent = world.agent("node-1", 8 * Samples.GIB);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @AfterEach
  void withoutPolicy() {
    Installation.load(world.client(), POLICY).forEach(it -> world.client().resource(it).delete());
  }

  @Test
  void isHeldWithTheNamesOfItsUsersUntilTheyAreGone() {
    BaseVM base = world.readyBase(agent, "held", 'b');
    agent.hold(base);
    var spec =
        new VMOverlaySpec(
            null, "https://x.example.org/o", Samples.digest('c'), null, null, null, null);
    VMOverlay overlay = world.create(Samples.overlay(NAMESPACE, "held-app", spec));
    var read = world.eventually(overlay, it -> assertThat(it.getStatus().node()).isNotNull());
    agent.report(read, Samples.readyOverlay(Samples.digest('c'), Samples.digest('b')));
    Synthesis shop = world.create(Samples.ofOverlay(NAMESPACE, "held-shop", "held-app"));
    world.eventually(shop, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
    world.eventually(
        base,
        it ->
            assertThat(it.getStatus().users())
                .containsExactly("Synthesis held-shop", "VMOverlay held-app"));
    world.eventually(
        overlay, it -> assertThat(it.getStatus().users()).containsExactly("Synthesis held-shop"));

    await().ignoreExceptions().until(() -> !world.client().resource(base).delete().isEmpty());
    world.client().resource(overlay).delete();
    world.eventually(
        base,
        it -> {
          assertThat(it.getStatus().phase()).isEqualTo(BaseVMPhase.TERMINATING);
          assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("InUse");
          assertThat(message(it.getStatus().conditions(), "Ready"))
              .isEqualTo(
                  "kept as long as it is used; delete first: Synthesis held-shop, VMOverlay"
                      + " held-app");
          assertThat(it.getStatus().digest()).isEqualTo(Samples.digest('b'));
        });
    world.eventually(
        overlay, it -> assertThat(it.getStatus().phase()).isEqualTo(VMOverlayPhase.TERMINATING));

    world.client().resource(shop).delete();
    world.eventuallyGone(shop);
    world.eventuallyGone(overlay);
    world.eventually(
        base,
        it -> {
          assertThat(it.getStatus().users()).isEmpty();
          assertThat(message(it.getStatus().conditions(), "Ready"))
              .isEqualTo("waiting for the agent of node node-1 to clean up");
        });
    agent.release(base);
    world.eventuallyGone(base);
  }

  @Test
  void isRefusedWithTheNamesOfItsUsers() {
    BaseVM base = used(NAMESPACE, "refused");
    var _ = Installation.apply(world.client(), POLICY);

    awaitRefusal(base, "BaseVM refused is used by Synthesis refused: delete that first");

    assertThat(world.now(base).isMarkedForDeletion()).isFalse();
    Synthesis user =
        world.client().resources(Synthesis.class).inNamespace(NAMESPACE).withName("refused").get();
    world.client().resource(user).delete();
    world.eventuallyGone(user);
    world.eventually(base, it -> assertThat(it.getStatus().users()).isEmpty());
    world.client().resource(base).delete();
    world.eventuallyGone(base);
  }

  @Test
  void isNotRefusedWhereTheWholeNamespaceGoes() {
    BaseVM base = used("closing", "last");
    var _ = Installation.apply(world.client(), POLICY);
    awaitRefusal(base, "is used by Synthesis last");

    world.client().namespaces().withName("closing").delete();

    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> !world.client().resource(base).delete().isEmpty());
    world.eventually(
        base, it -> assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("InUse"));
    world.client().resources(Synthesis.class).inNamespace("closing").withName("last").delete();
    world.eventuallyGone(base);
  }

  @Test
  void isReplacedByAnotherOneOfTheSameDigestButForThoseWhoNameIt() {
    BaseVM made = world.readyBase(agent, "twin-first", '5');
    BaseVM imported = world.readyBase(agent, "twin-second", '5');
    VMOverlay overlay = overlayOf("twin-app", '6', '5');
    Synthesis shop = world.create(Samples.ofBase(NAMESPACE, "twin-shop", "twin-second"));
    awaitUsers(made, "VMOverlay twin-app");
    awaitUsers(imported, "Synthesis twin-shop");
    var _ = Installation.apply(world.client(), POLICY);
    awaitRefusal(made, "is used by VMOverlay twin-app: delete that first");
    awaitRefusal(imported, "is used by Synthesis twin-shop: delete that first");

    world.client().resource(shop).delete();
    world.eventuallyGone(shop);
    awaitUsers(imported);
    world.client().resource(imported).delete();

    world.eventuallyGone(imported);
    awaitUsers(made, "VMOverlay twin-app");
    world.client().resource(overlay).delete();
    world.eventuallyGone(overlay);
    awaitUsers(made);
    world.client().resource(made).delete();
    world.eventuallyGone(made);
  }

  @Test
  void isHeldThoughItsTwinIsDeletedAtTheSameMoment() {
    VMOverlay overlay = overlayOf("pair-app", '8', '7');
    for (int round = 0; round < 5; round++) {
      BaseVM one = world.readyBase(agent, "one-" + round, '7');
      BaseVM two = world.readyBase(agent, "two-" + round, '7');
      world.eventually(
          one, it -> assertThat(it.getStatus().users()).containsExactly("VMOverlay pair-app"));
      awaitUsers(two);
      awaitNoRefusal(one);

      Stream.of(one, two).parallel().forEach(it -> world.client().resource(it).delete());

      awaitUsers(stayed(one, two), "VMOverlay pair-app");
      BaseVM next = world.readyBase(agent, "next-" + round, '7');
      world.eventuallyGone(one);
      world.eventuallyGone(two);
      awaitUsers(next, "VMOverlay pair-app");
      // So that there are never more than two.
      world.client().resource(overlay).delete();
      world.eventuallyGone(overlay);
      world.client().resource(next).delete();
      world.eventuallyGone(next);
      overlay = overlayOf("pair-app", '8', '7');
    }
    world.client().resource(overlay).delete();
    world.eventuallyGone(overlay);
  }

  @Test
  void nodesAreToDiscardCopiesThatNoObjectNamesAnyMore() {
    BaseVM base = world.readyBase(agent, "copied", 'd');
    VMOverlay overlay = overlayOf("copied-app", 'e', 'd');
    Synthesis shop =
        world.create(
            Samples.ofUrl(NAMESPACE, "copied-url", "https://x.example.org/o", Samples.digest('f')));
    agent.holds(Samples.digest('d'));
    agent.publish(it -> it.overlays(List.of(Samples.digest('e'), Samples.digest('f'))));
    FakeAgent other = world.agent("node-2", 1).holds(Samples.digest('d'), Samples.digest('9'));
    awaitDiscards(other, '9'); // Nobody has ever named that one.
    awaitDiscards(agent);

    world.client().resource(overlay).delete();
    world.eventuallyGone(overlay);
    awaitDiscards(agent, 'e');
    world.client().resource(shop).delete();
    awaitDiscards(agent, 'e', 'f');
    world.client().resource(base).delete();
    world.eventuallyGone(base);
    awaitDiscards(agent, 'd', 'e', 'f');
    awaitDiscards(other, '9', 'd');

    var exported = new PackageSource("https://x.example.org/d", Samples.digest('d'));
    BaseVM again = Samples.base(NAMESPACE, "again", new BaseSource(null, exported, null, null));
    var _ = world.create(again);
    awaitDiscards(other, '9');
    agent.publish(it -> it.overlays(List.of()).bases(List.of()));
    awaitDiscards(agent);
    world.client().resource(again).delete();
    world.client().resource(world.node("node-2")).delete();
  }

  private static void awaitDiscards(FakeAgent of, char... digits) {
    List<String> digests = new ArrayList<>();
    for (char digit : digits) {
      digests.add(Samples.digest(digit));
    }
    world.eventually(
        world.node(of.name()),
        it -> assertThat(it.getSpec().discard()).containsExactlyElementsOf(digests));
  }

  /** One that is still there after a while in which whatever goes has gone. */
  private static BaseVM stayed(BaseVM one, BaseVM two) {
    return await()
        .pollDelay(Duration.ofMillis(300))
        .until(
            () ->
                Stream.of(one, two)
                    .map(it -> world.client().resource(it).get())
                    .filter(Objects::nonNull)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static VMOverlay overlayOf(String name, char digit, char base) {
    var spec =
        new VMOverlaySpec(
            null, "https://x.example.org/o", Samples.digest(digit), null, null, null, null);
    VMOverlay overlay = world.create(Samples.overlay(NAMESPACE, name, spec));
    var read = world.eventually(overlay, it -> assertThat(it.getStatus().node()).isNotNull());
    agent.report(read, Samples.readyOverlay(Samples.digest(digit), Samples.digest(base)));
    return overlay;
  }

  private static void awaitUsers(BaseVM base, String... users) {
    world.eventually(base, it -> assertThat(it.getStatus().users()).containsExactly(users));
  }

  private static BaseVM used(String namespace, String name) {
    BaseVM base = world.create(Samples.base(namespace, name));
    var _ = world.create(Samples.ofBase(namespace, name, name));
    return world.eventually(
        base, it -> assertThat(it.getStatus().users()).isEqualTo(List.of("Synthesis " + name)));
  }

  /** A policy that another test has removed is in force for a moment longer. */
  private static void awaitNoRefusal(HasMetadata object) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> !world.client().resource(object).dryRun().delete().isEmpty());
  }

  /** A policy takes a moment to be known; dry runs are refused as well. */
  private static void awaitRefusal(HasMetadata object, String words) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThatThrownBy(() -> world.client().resource(object).dryRun().delete())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(words));
  }

  @Test
  void anInstallationIsNotRemovedFromBelowItsVms() {
    var _ = world.readyBase(agent, "below", 'e');
    Synthesis shop = world.create(Samples.ofBase(NAMESPACE, "below-shop", "below"));
    Synthesis placed = world.eventually(shop, it -> assertThat(it.getStatus().node()).isNotNull());
    assertThat(vmsLeft()).contains("No Synthesis has a VM.").hasSize(1);

    agent.report(
        placed,
        new SynthesisStatusBuilder().phase(SynthesisPhase.RUNNING).vm("below-shop-1").build());
    assertThat(vmsLeft())
        .contains(
            "Nothing is removed: 1 Synthesis has a VM.",
            "  shops/below-shop: VM below-shop-1 on node node-1, Running",
            "exit code 1");

    world.client().resource(shop).delete();
    world.eventuallyGone(shop);
  }

  /** What is said, and the exit code when it is not 0. */
  private static List<String> vmsLeft() {
    List<String> said = new ArrayList<>();
    int code = new VmsLeft(said::add, world.client()).run();
    if (code != 0) {
      said.add("exit code " + code);
    }
    return said;
  }
}
