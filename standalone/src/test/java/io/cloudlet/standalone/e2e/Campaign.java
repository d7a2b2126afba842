package io.cloudlet.standalone.e2e;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which processes are still to be killed at which phases of a story: one a phase and story. */
final class Campaign {
  private final Map<Moment, List<Victim>> left = new LinkedHashMap<>();

  /** Everybody at every phase. */
  Campaign() {
    add(BaseVM.class, "small", "Fetching", "Booting", "Capturing", "Deleting");
    add(VMOverlay.class, "state", "Capturing", "Encoding", "Verifying", "Deleting");
    add(Synthesis.class, "second", "Scheduled", "Fetching", "Synthesizing", "Running", "Deleting");
  }

  private void add(Class<? extends HasMetadata> kind, String role, String... phases) {
    for (String phase : phases) {
      // Others at each phase, so that no story is that of one victim alone.
      List<Victim> victims = new ArrayList<>(List.of(Victim.values()));
      Collections.rotate(victims, left.size());
      left.put(new Moment(kind, role, phase), victims);
    }
  }

  boolean isOver() {
    return left.values().stream().allMatch(List::isEmpty);
  }

  /** The kills of the next story. */
  List<Kill.Plan> plans(int story) {
    List<Kill.Plan> plans = new ArrayList<>();
    left.forEach((moment, victims) ->
        victims.stream()
            .limit(1)
            .forEach(it -> plans.add(new Kill.Plan(moment, moment.role() + "-" + story, it))));
    return plans;
  }

  /** A kill has hit. */
  void strike(Kill.Plan plan) {
    left.getOrDefault(plan.moment(), List.of()).remove(plan.victim());
  }

  /** What is still to be hit, and by killing whom. */
  @Override
  public String toString() {
    return left.entrySet().stream()
        .filter(it -> !it.getValue().isEmpty())
        .map(it -> it.getKey() + " by kill -9 of " + it.getValue())
        .collect(Collectors.joining("; "));
  }
}
