package io.cloudlet.operator;

import static io.cloudlet.operator.World.NAMESPACE;
import static io.cloudlet.operator.World.message;
import static io.cloudlet.operator.World.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.BaseSource;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.BaseVMStatusBuilder;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.ImageSource;
import io.cloudlet.api.v1alpha1.MachineSpec;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Placement;
import io.cloudlet.api.v1alpha1.Readiness;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import io.cloudlet.api.v1alpha1.WantedBase;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How base VMs and overlays come to be, from every source. */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class MakingIT {
  @KubeConfig static String kubeConfig;

  private static World world;
  private static FakeAgent first;

  @BeforeAll
  static void start() throws Exception {
    world = World.start(kubeConfig);
    first = world.agent("node-1", 8 * Samples.GIB);
    var _ = world.readyBase(first, "debian", 'a');
    first.holds(Samples.digest('a'));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void anImageTakesMemoryWhileItBootsAndGivesItBack() {
    BaseVM large = world.create(image("large", "6Gi"));
    BaseVM placed =
        world.eventually(large, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
    BaseVM second = world.create(image("second", "6Gi"));
    world.eventually(
        second,
        it ->
            assertThat(message(it.getStatus().conditions(), "Scheduled"))
                .isEqualTo("0 of 1 node fits: 1 lacks memory (need 6 GiB, free 2 GiB)"));

    first.report(placed, Samples.readyBase(Samples.digest('5')));
    BaseVM next =
        world.eventually(second, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
    first.report(
        next,
        new BaseVMStatusBuilder()
            .phase(BaseVMPhase.FAILED)
            .conditions(List.of(FakeAgent.condition(ConditionStatus.FALSE, "NotReadyInTime")))
            .build());
    world.eventually(
        second,
        it -> assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("NotReadyInTime"));
  }

  @Test
  void aVirtualMachineOfKubeVirtNeedsWhatIsNotHere() {
    BaseVM base =
        world.create(
            Samples.base(
                NAMESPACE, "of-vm", new BaseSource(null, null, null, new ObjectRef("vm"))));
    world.eventually(
        base,
        it -> {
          assertThat(reason(it.getStatus().conditions(), "Ready")).isEqualTo("BackendUnavailable");
          assertThat(message(it.getStatus().conditions(), "Ready")).contains("source.image");
          assertThat(it.getStatus().node()).isNull();
        });
  }

  @Test
  void whatIsCapturedIsMadeWhereTheVmRuns() {
    var source = new BaseSource(null, null, new ObjectRef("runs"), null);
    BaseVM promoted = world.create(Samples.base(NAMESPACE, "promoted", source));
    VMOverlay overlay = world.create(overlayOf("runs", "app", null));
    world.eventually(
        promoted,
        it ->
            assertThat(reason(it.getStatus().conditions(), "Ready"))
                .isEqualTo("SynthesisNotFound"));
    world.eventually(
        overlay,
        it ->
            assertThat(reason(it.getStatus().conditions(), "Ready"))
                .isEqualTo("SynthesisNotFound"));

    Synthesis synthesis = world.create(Samples.ofBase(NAMESPACE, "runs", "debian"));
    world.eventually(
        overlay,
        it ->
            assertThat(reason(it.getStatus().conditions(), "Ready"))
                .isEqualTo("SynthesisNotRunning"));
    run(synthesis);

    world.eventually(promoted, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
    world.eventually(overlay, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
    VMOverlay another = world.create(overlayOf("runs", "again", null));
    world.eventually(another, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
  }

  @Test
  void deletesTheVmThatWasCapturedAndNotItsNamesake() {
    Synthesis synthesis = world.create(Samples.ofBase(NAMESPACE, "brief", "debian"));
    run(synthesis);
    VMOverlay overlay = world.create(overlayOf("brief", "brief", AfterCapture.DELETE));
    VMOverlay placed =
        world.eventually(overlay, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
    assertThat(world.now(synthesis).isMarkedForDeletion()).isFalse();

    first.report(placed, Samples.readyOverlay(Samples.digest('7'), Samples.digest('a')));
    world.eventuallyGone(synthesis);

    Synthesis namesake = world.create(Samples.ofBase(NAMESPACE, "brief", "debian"));
    world.eventually(namesake, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
    first.report(placed, Samples.readyOverlay(Samples.digest('8'), Samples.digest('a')));
    world.eventually(
        placed, it -> assertThat(it.getStatus().digest()).isEqualTo(Samples.digest('8')));
    run(namesake);
    assertThat(world.now(namesake).isMarkedForDeletion()).isFalse();
  }

  @Test
  void aNodeIsToldWhichBasesToHoldAndWhereTheyAre() {
    FakeAgent other = world.agent("node-other", Samples.GIB);
    var there = new Placement("node-other", Map.of());
    Synthesis synthesis = world.create(Samples.ofBase(NAMESPACE, "there", "debian", there));
    world.eventually(synthesis, it -> assertThat(it.getStatus().node()).isEqualTo("node-other"));
    String hex = "a".repeat(64);
    CloudletNode node = world.node("node-other");
    world.eventually(
        node,
        it ->
            assertThat(it.getSpec().bases())
                .containsExactly(
                    new WantedBase(
                        Samples.digest('a'),
                        List.of(
                            "http://node-1.example.org:8600/v1/bases/" + hex,
                            "https://images.example.org/debian.base"))));

    other.holds(Samples.digest('a'));
    world.eventually(
        node,
        it ->
            assertThat(it.getSpec().bases())
                .containsExactly(new WantedBase(Samples.digest('a'), List.of())));

    world.client().resource(synthesis).delete();
    world.eventually(
        node, it -> assertThat(it.getSpec() == null || it.getSpec().bases().isEmpty()).isTrue());
    world.client().resource(world.node("node-other")).delete();
  }

  private static void run(Synthesis synthesis) {
    Synthesis placed =
        world.eventually(synthesis, it -> assertThat(it.getStatus().node()).isEqualTo("node-1"));
    first.report(
        placed,
        new SynthesisStatusBuilder()
            .phase(SynthesisPhase.RUNNING)
            .conditions(List.of(FakeAgent.ready("Runs")))
            .build());
  }

  private static VMOverlay overlayOf(String synthesis, String name, @Nullable AfterCapture after) {
    return Samples.overlay(
        NAMESPACE,
        name,
        new VMOverlaySpec(new ObjectRef(synthesis), null, null, null, after, null, null));
  }

  private static BaseVM image(String name, String memory) {
    var image = new ImageSource("https://x.example.org/d", Samples.digest('f'), null, null, null);
    BaseVM base = Samples.base(NAMESPACE, name, new BaseSource(image, null, null, null));
    var machine =
        new MachineSpec(null, null, new Quantity(memory), null, null, null, null, null, List.of());
    base.setSpec(
        new BaseVMSpec(
            base.getSpec().source(),
            machine,
            new Readiness("login:", null, null, null, null),
            null));
    return base;
  }
}
