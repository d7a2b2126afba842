package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.node.ProcessId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story, with kill -9 of agent, operator, or both at every phase: three stories for all. */
@NullUnmarked
class CrashE2E {
  private static final List<Victim> VICTIMS = List.of(Victim.AGENT, Victim.OPERATOR, Victim.BOTH);

  @TempDir private static Path folder;

  private static Lab lab;
  private static Killer killer;
  private static final List<Killer.Plan> planned = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    lab = new Lab(folder);
    lab.addNode("one");
    lab.addNode("two");
    lab.awaitNode("one");
    lab.awaitNode("two");
    killer = new Killer(lab);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void endsAsDeclared(int round) throws Exception {
    Story story = new Story(lab);
    plan(round);
    BaseVM base = lab.resources.await(story.base("small-" + round), "Ready");
    Synthesis first =
        lab.resources.await(story.ofBase("first-" + round, "small-" + round, "one"), "Ready");
    ApplicationState state = Story.start(first);
    ProcessId qemu = lab.nodes().qemu(first);

    VMOverlay overlay =
        lab.resources.await(story.capture("state-" + round, "first-" + round), "Ready");
    Synthesis second =
        lab.resources.await(story.ofOverlay("second-" + round, "state-" + round, "two"), "Ready");
    ProcessId moved = lab.nodes().qemu(second);
    Story.assertRunsOn(second, state);
    Story.assertRunsOn(first, state);
    assertThat(lab.nodes().qemu(first)).isEqualTo(qemu);
    assertThat(lab.nodes().qemu(second)).isEqualTo(moved);

    for (HasMetadata object : List.of(second, first, overlay, base)) {
      lab.resources.deleteUnused(object);
    }
    for (HasMetadata object : List.of(second, first, overlay, base)) {
      assertNeverTurnedBack(object);
    }
    lab.nodes().assertNothingLeft();
  }

  /** Which process is killed at which phase: another one in every round. */
  private static void plan(int round) {
    int next = round;
    for (String phase : List.of("Fetching", "Booting", "Capturing", "Deleting")) {
      plan(BaseVM.class, "small-" + round, phase, "one", next++);
    }
    for (String phase : List.of("Capturing", "Encoding", "Verifying", "Deleting")) {
      plan(VMOverlay.class, "state-" + round, phase, "one", next++);
    }
    for (String phase : List.of("Scheduled", "Fetching", "Synthesizing", "Running", "Deleting")) {
      plan(Synthesis.class, "second-" + round, phase, "two", next++);
    }
  }

  private static void plan(
      Class<? extends HasMetadata> type, String name, String phase, String node, int number) {
    Victim victim = VICTIMS.get(number % VICTIMS.size());
    Killer.Plan plan = new Killer.Plan(type, name, phase, node, victim);
    planned.add(plan);
    killer.plan(plan);
  }

  /** What was Ready stayed Ready until it was deleted, and was made once. */
  private static void assertNeverTurnedBack(HasMetadata object) {
    String name = object.getKind() + " " + object.getMetadata().getName();
    List<String> phases = lab.watched.phases(name);
    assertThat(phases.subList(phases.indexOf("Ready"), phases.size()))
        .as(name)
        .startsWith("Ready")
        .isSubsetOf("Ready", "Deleting", "Gone");
    assertThat(lab.watched.digests(name)).as(name).hasSizeLessThanOrEqualTo(1);
  }

  @AfterAll
  static void everyPhaseWasHit() throws Exception {
    try (Lab ending = lab) {
      killer.end();
      killer.kills().forEach(System.out::println);
      assertThat(killer.failures()).isEmpty();
      assertThat(hits()).as("phases that a kill has hit").doesNotContainValue(false);
      ending.endCleanly();
    }
  }

  /** By phase, and by what was killed. */
  private static Map<String, Boolean> hits() {
    Map<String, Boolean> hits = new TreeMap<>();
    planned.forEach(plan -> hits.put(plan.where(), false));
    for (Killer.Kill kill : killer.kills()) {
      hits.merge(kill.plan().where(), kill.hasHit(), Boolean::logicalOr);
    }
    return hits;
  }
}
