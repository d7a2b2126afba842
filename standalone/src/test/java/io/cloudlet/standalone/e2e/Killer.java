package io.cloudlet.standalone.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Kills processes the moment an object is seen in a phase, and starts them again. */
final class Killer implements Consumer<Sighting> {
  private static final long LIMIT_SECONDS = 60;

  /**
   * A kill to come.
   *
   * @param type of the object
   * @param name of the object
   * @param node whose agent it is for
   */
  record Plan(
      Class<? extends HasMetadata> type, String name, String phase, String node, Victim victim) {
    String object() {
      return HasMetadata.getKind(type) + " " + name;
    }

    /** Without the name, which differs from story to story. */
    String where() {
      return HasMetadata.getKind(type) + " " + phase;
    }
  }

  /**
   * A kill.
   *
   * @param found the object's phase when the process was dead
   */
  record Kill(Plan plan, String found) {
    boolean hasHit() {
      return plan.phase.equals(found);
    }

    @Override
    public String toString() {
      String missed = hasHit() ? "" : " (missed: it was " + found + " when the process was dead)";
      return "kill -9 of " + plan.victim + " at " + plan.object() + " " + plan.phase + missed;
    }
  }

  private final Lab lab;
  private final Set<Plan> plans = ConcurrentHashMap.newKeySet();
  private final List<Kill> kills = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final ExecutorService aftermath = Executors.newSingleThreadExecutor();

  Killer(Lab lab) {
    this.lab = lab;
    lab.watched.onSight(this);
  }

  void plan(Plan plan) {
    plans.add(plan);
  }

  @Override
  public void accept(Sighting sighting) {
    for (Plan plan : List.copyOf(plans)) {
      boolean seen =
          plan.object().equals(sighting.object()) && plan.phase().equals(sighting.phase());
      if (seen && plans.remove(plan)) {
        List<Part> victims = plan.victim().parts(lab, plan.node());
        victims.forEach(Part::close); // Nothing is waited for on a watch's thread.
        aftermath.execute(() -> finish(plan, victims));
      }
    }
  }

  private void finish(Plan plan, List<Part> victims) {
    try {
      for (Part part : victims) {
        part.kill();
      }
      kills.add(new Kill(plan, phase(plan)));
      for (Part part : victims) {
        part.start();
      }
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      failures.add(e);
    }
  }

  private String phase(Plan plan) {
    HasMetadata now =
        lab.client
            .resources(plan.type())
            .inNamespace(Resources.NAMESPACE)
            .withName(plan.name())
            .get();
    return now == null ? "Gone" : Sighting.of(now).phase();
  }

  /** Those that were, in order. */
  List<Kill> kills() {
    return kills;
  }

  /** What went wrong with the killing itself. */
  List<Throwable> failures() {
    return failures;
  }

  /** Kills nobody any more; everybody who was killed has been started again. */
  void end() throws InterruptedException {
    plans.clear();
    aftermath.shutdown();
    if (!aftermath.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("a kill is not over");
    }
  }
}
