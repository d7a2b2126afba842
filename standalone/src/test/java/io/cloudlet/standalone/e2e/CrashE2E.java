package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.node.ProcessId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story, with kill -9 of agent, operator, and both at every phase. */
class CrashE2E {
  /** Three do when no phase is missed: one of them for each victim at a phase. */
  private static final int STORIES = 6;

  @TempDir private Path folder;

  @Test
  void everyStoryEndsAsDeclared() throws Exception {
    try (Lab lab = new Lab(folder);
        Gate gate = new Gate(folder, lab.client)) {
      lab.addNode("one");
      lab.addNode("two");
      lab.awaitNode("one");
      lab.awaitNode("two");
      Killer killer = new Killer(lab, gate);
      Campaign campaign = new Campaign();
      for (int story = 0; story < STORIES && !campaign.isOver(); story++) {
        killer.plan(campaign.plans(story));
        tell(lab, story);
        killer.rest();
        killer.kills().stream().filter(Kill::hasHit).forEach(it -> campaign.strike(it.plan()));
      }
      assertThat(killer.failures()).isEmpty();
      assertThat(campaign.isOver()).as("not hit in %s stories: %s", STORIES, campaign).isTrue();
      lab.endCleanly();
    }
  }

  private static void tell(Lab lab, int number) throws Exception {
    Story story = lab.story();
    BaseVM base = lab.resources.await(story.base("small-" + number), "Ready");
    Synthesis first =
        lab.resources.await(story.ofBase("first-" + number, "small-" + number, "one"), "Ready");
    ApplicationState state = Story.start(first);
    ProcessId qemu = lab.nodes().qemu(first);

    VMOverlay overlay =
        lab.resources.await(story.capture("state-" + number, "first-" + number), "Ready");
    Synthesis second =
        lab.resources.await(story.ofOverlay("second-" + number, "state-" + number, "two"), "Ready");
    ProcessId moved = lab.nodes().qemu(second);
    Story.assertRunsOn(second, state);
    Story.assertRunsOn(first, state);
    assertThat(lab.nodes().qemu(first)).isEqualTo(qemu);
    assertThat(lab.nodes().qemu(second)).isEqualTo(moved);

    for (HasMetadata object : List.of(second, first, overlay, base)) {
      lab.resources.deleteUnused(object);
    }
    for (HasMetadata object : List.of(second, first, overlay, base)) {
      assertNeverTurnedBack(lab, object);
    }
    lab.nodes().assertNothingLeft();
  }

  /** What was Ready stayed Ready until it was deleted, and was made once. */
  private static void assertNeverTurnedBack(Lab lab, HasMetadata object) {
    String name = object.getKind() + " " + object.getMetadata().getName();
    List<String> phases = lab.watched.phases(name);
    assertThat(phases.subList(phases.indexOf("Ready"), phases.size()))
        .as(name)
        .startsWith("Ready")
        .isSubsetOf("Ready", "Deleting", "Gone");
    assertThat(lab.watched.digests(name)).as(name).hasSizeLessThanOrEqualTo(1);
  }
}
