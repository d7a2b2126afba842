package io.cloudlet.operator;

import static io.cloudlet.operator.World.NAMESPACE;
import static io.cloudlet.operator.World.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudlet.api.v1alpha1.Address;
import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.ServicePort;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import io.cloudlet.api.v1alpha1.VmsAs;
import io.cloudlet.api.words.VmNames;
import io.cloudlet.operator.pod.PodImage;
import io.cloudlet.testing.Grants;
import io.cloudlet.testing.RequestLog;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whether the operator's role is what the operator needs: all of it, and nothing else. */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class PermissionsIT {
  private static final String ACCOUNT = "cloudlet-operator";
  private static final String ROLES = "rbac/operator.yaml";

  @KubeConfig static String kubeConfig;

  private static World world;
  private static KubernetesClient restricted;
  private static final RequestLog LOG = new RequestLog();

  /** A whole story, so that everything the operator ever does is done. */
  @BeforeAll
  static void live() throws Exception {
    world = World.install(kubeConfig);
    var _ = Installation.apply(world.client(), ROLES);
    restricted = LOG.client(kubeConfig, ACCOUNT);
    disturb();
    FakeAgent agent = world.agent("node-1", 8 * Samples.GIB);
    Operator operator =
        world.operate(
            OperatorConfig.alone(World.SYSTEM, "one")
                .withVmImage(PodImage.of("cloudlet/agent:1"))
                .withLeaderElection(OperatorConfig.LeaseTimes.USUAL),
            restricted);
    tell(agent);
    operator.close();
  }

  private static void tell(FakeAgent agent) {
    Synthesis waiting = world.create(Samples.ofBase(NAMESPACE, "waiting", "comes-and-goes"));
    expect(waiting, "BaseNotFound");
    BaseVM first = world.create(Samples.base(NAMESPACE, "comes-and-goes"));
    expect(waiting, "BaseNotReady");
    world.client().resource(waiting).delete();
    world.eventuallyGone(waiting);
    world.client().resource(first).delete();
    world.eventuallyGone(first);

    var _ = world.readyBase(agent, "debian", 'a');
    Synthesis shop =
        world.create(
            Samples.ofBase(NAMESPACE, "shop", "debian", new ServicePort(8080, 80, "http")));
    Synthesis placed = world.eventually(shop, it -> assertThat(it.getStatus().node()).isNotNull());
    agent.report(
        placed,
        new SynthesisStatusBuilder()
            .phase(SynthesisPhase.READY)
            .baseDigest(Samples.digest('a'))
            .addresses(List.of(new Address(8080, "192.0.2.7", 30001)))
            .conditions(List.of(FakeAgent.ready("Answers")))
            .build());
    var spec =
        new VMOverlaySpec(new ObjectRef("shop"), null, null, null, AfterCapture.DELETE, null, null);
    VMOverlay overlay = world.create(Samples.overlay(NAMESPACE, "app", spec));
    VMOverlay captured =
        world.eventually(overlay, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
    agent.report(captured, Samples.readyOverlay(Samples.digest('c'), Samples.digest('a')));
    world.eventuallyGone(shop);
    world.client().resource(captured).delete();
    world.eventuallyGone(captured);
    tellOfPods(agent);
    repeatAnEvent();
  }

  /** A pod whose name is taken at first, which then runs and is captured. */
  private static void tellOfPods(FakeAgent agent) {
    PodWorld.restrict(world.client());
    Synthesis shop = world.create(Samples.ofBase(NAMESPACE, "pod", "debian"));
    var placed = world.eventually(shop, it -> assertThat(it.getStatus().node()).isNotNull());
    Pod theirs = world.create(VmPodIT.theirs(VmNames.of("pod", shop.getMetadata().getUid())));
    var pods = new PodWorld(world, agent, new FakeKubelet(world.client()));
    agent.publish(it -> it.vmsAs(VmsAs.PODS));
    pods.eventually(
        placed, it -> assertThat(reason(it.conditions(), "PodRunning")).isEqualTo("PodNameTaken"));
    world.client().resource(theirs).delete();
    pods.runs(placed, pods.pod(placed));
    var spec = new VMOverlaySpec(new ObjectRef("pod"), null, null, null, null, null, null);
    VMOverlay overlay = world.create(Samples.overlay(NAMESPACE, "of-pod", spec));
    await().until(() -> !budgets().isEmpty());
    world.client().resource(overlay).delete();
    await().until(() -> budgets().isEmpty());
    world.client().resource(placed).delete();
    world.eventuallyGone(placed);
    agent.publish(it -> it.vmsAs(VmsAs.PROCESSES));
  }

  private static List<PodDisruptionBudget> budgets() {
    return world
        .client()
        .policy()
        .v1()
        .podDisruptionBudget()
        .inNamespace(NAMESPACE)
        .list()
        .getItems();
  }

  /** The same finding twice about the same object is one event that is counted. */
  private static void repeatAnEvent() {
    var spec = new VMOverlaySpec(new ObjectRef("flickers"), null, null, null, null, null, null);
    VMOverlay overlay = world.create(Samples.overlay(NAMESPACE, "again", spec));
    expect(overlay, "SynthesisNotFound");
    Synthesis synthesis = world.create(Samples.ofBase(NAMESPACE, "flickers", "nothing"));
    expect(overlay, "SynthesisNotRunning");
    world.client().resource(synthesis).delete();
    expect(overlay, "SynthesisNotFound");
    await().until(() -> LOG.permissions().contains("patch events.events.k8s.io"));
  }

  private static void expect(VMOverlay overlay, String reason) {
    var _ =
        world.eventually(
            overlay,
            it -> assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo(reason));
  }

  private static void expect(Synthesis synthesis, String reason) {
    var _ =
        world.eventually(
            synthesis,
            it -> assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo(reason));
  }

  /** Writes to each object just before the operator takes its finalizer away, once per kind. */
  private static void disturb() {
    Set<String> done = new HashSet<>();
    LOG.before(entry -> {
      boolean removal = entry.permission().matches("patch (basevms|vmoverlays|syntheses)\\..*");
      HasMetadata object = removal ? find(entry.path()) : null;
      if (object != null && object.isMarkedForDeletion() && done.add(object.getKind())) {
        world
            .client()
            .resource(object)
            .edit(it -> {
              it.getMetadata().getAnnotations().put("example.org/seen", "yes");
              return it;
            });
      }
    });
  }

  private static HasMetadata find(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    HasMetadata named =
        path.contains("/basevms/")
            ? new BaseVM()
            : path.contains("/vmoverlays/") ? new VMOverlay() : new Synthesis();
    named.getMetadata().setName(name);
    named.getMetadata().setNamespace(NAMESPACE);
    return Objects.requireNonNull(world.client().resource(named).get());
  }

  @AfterAll
  static void stop() {
    restricted.close();
    world.close();
  }

  @Test
  void nothingWasRefused() {
    assertThat(LOG.refused()).isEmpty();
  }

  @Test
  void whatTheRoleGrantsIsWhatTheOperatorDoes() {
    Set<String> used = new TreeSet<>(LOG.permissions());
    // Everybody who is authenticated may ask what they may do.
    used.remove("create selfsubjectrulesreviews.authorization.k8s.io");

    assertThat(used).isEqualTo(new Grants(Installation.load(world.client(), ROLES)).permissions());
  }

  @Test
  void nothingIsAskedWhenNothingChanges() throws Exception {
    var quiet = new RequestLog();
    try (KubernetesClient client = quiet.client(kubeConfig, ACCOUNT)) {
      var agent = world.agent("node-quiet", 8 * Samples.GIB);
      Operator operator = world.operate(OperatorConfig.alone(World.SYSTEM, "quiet"), client);
      Synthesis shop = world.create(Samples.ofBase(NAMESPACE, "quiet", "debian"));
      var placed = world.eventually(shop, it -> assertThat(it.getStatus().node()).isNotNull());
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
      int before = quiet.entries().size();

      agent.renew(60);
      agent.renew(61);
      agent.publish(it -> it.cpus(7));
      placed.getMetadata().getAnnotations().put("example.org/mine", "yes");
      placed.getMetadata().setManagedFields(null);
      var _ = world.client().resource(placed).patch();
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

      assertThat(quiet.entries().subList(before, quiet.entries().size())).isEmpty();
      operator.close();
    }
  }
}
