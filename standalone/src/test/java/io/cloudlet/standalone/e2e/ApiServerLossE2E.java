package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.NodeCopyPhase;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.node.ProcessId;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to VMs and to work while operator, agents and API server cannot hear each other. */
@NullUnmarked
class ApiServerLossE2E {
  private static final Duration AWAY = Duration.ofSeconds(2);

  @TempDir private static Path folder;

  private static Lab lab;
  private static Gate gate;
  private static Story story;
  private static BaseVM base;
  private static Synthesis first;
  private static ApplicationState state;
  private static ProcessId qemu;

  @BeforeAll
  static void start() throws IOException {
    lab = new Lab(folder);
    gate = new Gate(folder, lab.client);
    lab.addNode("one");
    lab.awaitNode("one"); // Before there is another one: the base VM is made there.
    story = lab.story();
    base = lab.resources.await(story.base("small"), "Ready");
    lab.addNode("two");
    lab.awaitNode("two");
    first = lab.resources.await(story.ofBase("first", "small", "one"), "Ready");
    state = Story.start(first);
    qemu = lab.nodes().qemu(first);
  }

  @AfterAll
  static void everythingGoes() throws Exception {
    try (Lab ending = lab;
        Gate _ = gate) {
      lab.resources.deleteUnused(first);
      lab.resources.deleteUnused(base);
      ending.endCleanly();
    }
  }

  @Test
  void aCaptureAndATransferGoOnWhileTheApiServerIsAway() throws Exception {
    VMOverlay overlay = captureMeanwhile();
    Story.assertRunsOn(first, state);
    Synthesis second = transferMeanwhile();
    Story.assertRunsOn(second, state);
    assertThat(lab.nodes().vms("two")).hasSize(1);

    lab.server.restart(AWAY);
    Synthesis third = lab.resources.await(story.ofBase("third", "small", "two"), "Ready");
    assertThat(lab.nodes().qemu(first)).isEqualTo(qemu);
    for (var object : List.of(third, second, overlay)) {
      lab.resources.deleteUnused(object);
    }
  }

  /** The server goes in the moment in which the capture has begun, and is away until its end. */
  private static VMOverlay captureMeanwhile() throws Exception {
    CountDownLatch capturing = new CountDownLatch(1);
    gate.onPassage(it -> {
      boolean begun = it.object().equals("VMOverlay state") && it.phase().equals("Capturing");
      if (begun && capturing.getCount() > 0) {
        lab.parts.agent("one").freeze();
        capturing.countDown();
      }
    });
    VMOverlay overlay = story.capture("state", "first");
    Path made = lab.data("one").resolve("overlays/" + overlay.getMetadata().getUid() + ".overlay");
    try {
      assertThat(capturing.await(Lab.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      lab.resources.await(overlay, "Capturing");
      lab.server.kill();
    } finally {
      lab.parts.agent("one").thaw();
    }
    Awaitility.await("the overlay is made").atMost(Lab.PATIENCE).until(() -> Files.exists(made));
    lab.server.start();
    overlay = lab.resources.await(overlay, "Ready");
    Awaitility.await("the test's own watch is back")
        .atMost(Lab.PATIENCE)
        .until(() -> lab.watched.phases("VMOverlay state").contains("Ready"));
    assertThat(lab.watched.digests("VMOverlay state")).hasSize(1);
    try (var files = Files.list(made.getParent())) {
      assertThat(files.filter(it -> it.toString().endsWith(".overlay"))).containsExactly(made);
    }
    return overlay;
  }

  /** The server goes while the node that has the base VM does not answer the other one. */
  private static Synthesis transferMeanwhile() throws Exception {
    String digest = base.getStatus().digest();
    Synthesis second;
    lab.parts.agent("one").freeze();
    try {
      second = story.ofOverlay("second", "state", "two");
      lab.resources.await(
          lab.client.resources(CloudletNode.class).withName("two").get(),
          "being fetched by node two",
          node ->
              node.getStatus().bases().stream()
                  .anyMatch(
                      it -> it.digest().equals(digest) && it.phase() == NodeCopyPhase.FETCHING));
      lab.server.kill();
    } finally {
      lab.parts.agent("one").thaw();
    }
    Awaitility.await("node two has the base VM")
        .atMost(Lab.PATIENCE)
        .until(() -> lab.nodes().hasBase("two", digest));
    lab.server.start();
    return lab.resources.await(second, "Ready");
  }

  @Test
  void aNodeThatIsSilentIsLostAndComesBackWithItsVm() throws Exception {
    lab.parts.agent("one").freeze();
    try {
      expireLease("one");
      Synthesis lost =
          lab.resources.await(first, "lost", it -> ready(it).status() == ConditionStatus.UNKNOWN);
      assertThat(ready(lost).reason()).isEqualTo("NodeLost");
      assertThat(ready(lost).message()).contains("one").contains("agent");
      assertThat(lost.getStatus().node()).isEqualTo("one");
      Story.assertRunsOn(first, state);
    } finally {
      lab.parts.agent("one").thaw();
    }
    lab.resources.await(first, "back", it -> ready(it).status() == ConditionStatus.TRUE);
    assertThat(lab.nodes().qemu(first)).isEqualTo(qemu);
    Story.assertRunsOn(first, state);
  }

  @Test
  void aNodeThatIsDeletedRegistersItselfAgainAndKeepsItsVm() throws Exception {
    CloudletNode node = lab.client.resources(CloudletNode.class).withName("one").get();
    lab.resources.delete(node);
    lab.resources.await(
        node,
        "registered again",
        it ->
            !it.getMetadata().getUid().equals(node.getMetadata().getUid())
                && it.getStatus() != null);
    lab.awaitNode("one");
    lab.resources.await(first, "Ready", it -> ready(it).status() == ConditionStatus.TRUE);
    assertThat(lab.nodes().qemu(first)).isEqualTo(qemu);
  }

  @Test
  void theVmOfANodeThatWasGivenUpEndsWhenItsAgentComesBack() throws Exception {
    Synthesis doomed = lab.resources.await(story.ofBase("doomed", "small", "one"), "Ready");
    lab.parts.agent("one").kill();
    CloudletNode node = lab.client.resources(CloudletNode.class).withName("one").get();
    lab.resources.delete(node);
    lab.resources.delete(doomed);
    lab.resources.awaitGone(doomed);
    assertThat(lab.nodes().vms("one")).hasSize(2);
    lab.parts.agent("one").start();
    lab.awaitNode("one");
    Awaitility.await()
        .atMost(Lab.PATIENCE)
        .untilAsserted(() -> assertThat(lab.nodes().vms("one")).hasSize(1));
    assertThat(lab.nodes().qemu(first)).isEqualTo(qemu);
    lab.resources.await(first, "Ready", it -> ready(it).status() == ConditionStatus.TRUE);
  }

  /** As it would after a minute of silence. */
  private static void expireLease(String node) {
    ZonedDateTime past = ZonedDateTime.now(ZoneOffset.UTC).minusHours(1);
    Lease lease =
        lab.client
            .leases()
            .inNamespace("cloudlet-system")
            .withName(node)
            .edit(it -> {
              it.getSpec().setRenewTime(past);
              return it;
            });
    assertThat(lease).isNotNull();
  }

  private static Condition ready(Synthesis synthesis) {
    return Condition.find(synthesis.getStatus().conditions(), Condition.READY).orElseThrow();
  }
}
