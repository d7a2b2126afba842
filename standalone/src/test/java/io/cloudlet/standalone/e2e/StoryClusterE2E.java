package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** On two real nodes, with the chart as shipped; each test goes on where the last one ended. */
@SuppressWarnings("NullAway.Init")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoryClusterE2E {
  @TempDir private static Path folder;
  private static ClusterLab lab;
  private static BaseVM base;
  private static VMOverlay overlay;
  private static Synthesis first;
  private static Synthesis second;
  private static ApplicationState state;

  @BeforeAll
  static void install() throws Exception {
    lab = new ClusterLab(folder);
    lab.install();
    lab.restrict(Resources.NAMESPACE);
  }

  @AfterAll
  static void remove() throws Exception {
    lab.close();
  }

  @Test
  @Order(1)
  void theReleaseSaysThatItIsReady() {
    lab.test();
  }

  @Test
  @Order(2)
  void aVmIsAPodThatAnswersAtItsService() throws Exception {
    Story story = lab.story();
    base = lab.resources.await(story.base("small"), "Ready");
    first = lab.resources.await(story.ofBase("first", "small", "node-1"), "Ready");

    Pod pod = lab.vm(first);
    assertThat(pod.getSpec().getNodeName()).isEqualTo("node-1");
    assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
    assertThat(lab.quotaUsed()).containsKey("requests.memory").containsEntry("pods", "1");
    try (var application = Story.application(lab.service(first))) {
      application.start();
      state = application.state();
    }
    Story.assertRunsOn(lab.service(first), state);
  }

  @Test
  @Order(3)
  void itsConsoleIsThePodsLog() {
    Synthesis boot = lab.resources.await(lab.story().boot("boot", "small", "node-2"), "Ready");
    assertThat(lab.client.pods().resource(lab.vm(boot)).getLog()).contains("cloudlet guest ready");
    lab.resources.deleteUnused(boot);
  }

  @Test
  @Order(4)
  void anApplicationGoesOnOnTheOtherNode() throws Exception {
    overlay = lab.resources.await(lab.story().capture("state", "first"), "Ready");
    second = lab.resources.await(lab.story().ofOverlay("second", "state", "node-2"), "Ready");

    assertThat(lab.vm(second).getSpec().getNodeName()).isEqualTo("node-2");
    assertThat(
            lab.client.resources(CloudletNode.class).withName("node-2").get().getStatus().bases())
        .extracting(NodeBase::digest)
        .contains(base.getStatus().digest());
    Story.assertRunsOn(lab.service(second), state);
    Story.assertRunsOn(lab.service(first), state);
  }

  @Test
  @Order(5)
  void vmsRunOnWhenEverybodyElseIsReplaced() throws Exception {
    List<String> before = List.of(uid(lab.vm(first)), uid(lab.vm(second)));
    lab.replace("agent");
    lab.replace("operator");
    lab.awaitNodes();

    assertThat(List.of(uid(lab.vm(first)), uid(lab.vm(second)))).isEqualTo(before);
    Story.assertRunsOn(lab.service(first), state);
    Story.assertRunsOn(lab.service(second), state);
    VMOverlay again = lab.resources.await(lab.story().capture("again", "second"), "Ready");
    lab.resources.deleteUnused(again);
  }

  @Test
  @Order(6)
  void vmsRunOnThroughAnUpgradeAndBack() throws Exception {
    List<String> before = List.of(uid(lab.vm(first)), uid(lab.vm(second)));
    for (String step : List.of("up", "down")) {
      var _ = lab.upgrade(Map.of("agent.podAnnotations.step", step, "operator.threads", "4"));
      lab.awaitNodes();
      assertThat(List.of(uid(lab.vm(first)), uid(lab.vm(second)))).isEqualTo(before);
      Story.assertRunsOn(lab.service(second), state);
    }
  }

  @Test
  @Order(7)
  void theReleaseIsNotUninstalledFromBelowThem() throws Exception {
    assertThatThrownBy(lab::uninstall).hasMessageContaining("cloudlet-vms-left");
    Story.assertRunsOn(lab.service(second), state);
  }

  @Test
  @Order(8)
  void aNewInstallationFindsTheBaseVm() throws Exception {
    for (HasMetadata object : List.of(second, first, overlay)) {
      lab.resources.deleteUnused(object);
    }
    lab.awaitNoVms();
    assertThat(lab.uninstall()).contains("uninstalled");

    lab.install();
    BaseVM still = lab.resources.await(base, "Ready");
    assertThat(still.getStatus().digest()).isEqualTo(base.getStatus().digest());
    Synthesis third = lab.resources.await(lab.story().ofBase("third", "small", "node-2"), "Ready");
    lab.resources.deleteUnused(third);
    lab.resources.deleteUnused(base);
    assertThat(lab.uninstall()).contains("uninstalled");
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }
}
