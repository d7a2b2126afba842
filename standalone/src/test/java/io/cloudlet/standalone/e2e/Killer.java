package io.cloudlet.standalone.e2e;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Kills processes in given phases of objects, and starts them again.
 *
 * <p>When a gate tells of the phase, everybody is stopped before it is stored. Nobody can bring the
 * object any further until those that shall die are dead.
 */
final class Killer implements Consumer<Sighting> {
  private static final Duration STORED = Duration.ofSeconds(15);
  private static final long LIMIT_SECONDS = 60;

  private final Lab lab;
  private final Set<Kill.Plan> plans = ConcurrentHashMap.newKeySet();
  private final List<Kill> kills = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  /** Held from the stop of everybody until those that were killed have been started again. */
  private final Semaphore turn = new Semaphore(1);

  Killer(Lab lab, Gate gate) {
    this.lab = lab;
    gate.onPassage(this);
  }

  void plan(List<Kill.Plan> more) {
    plans.addAll(more);
  }

  @Override
  public void accept(Sighting sighting) {
    for (Kill.Plan plan : List.copyOf(plans)) {
      if (plan.isFor(sighting)) {
        strike(plan, sighting);
      }
    }
  }

  private void strike(Kill.Plan plan, Sighting sighting) {
    turn.acquireUninterruptibly();
    boolean begun = false;
    try {
      if (plans.contains(plan)) {
        String node = requireNonNull(sighting.node(), plan.toString());
        lab.parts.freeze();
        Thread.ofVirtual().start(() -> finish(plan, node)); // The phase is stored only after this.
        begun = true;
      }
    } catch (RuntimeException | AssertionError e) {
      failures.add(e);
    } finally {
      if (!begun) {
        lab.parts.thaw();
        turn.release();
      }
    }
  }

  private void finish(Kill.Plan plan, String node) {
    try {
      awaitStored(plan);
      List<Part> victims = plan.victim().parts(lab, node);
      for (Part part : victims) {
        part.kill();
      }
      Kill kill = new Kill(plan, phase(plan));
      kills.add(kill);
      System.out.println(kill);
      if (kill.hasHit()) {
        plans.remove(plan);
      }
      for (Part part : victims) {
        part.start();
      }
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      failures.add(e);
    } finally {
      lab.parts.thaw();
      turn.release();
    }
  }

  /** Or finds that it will not be, because somebody else has written first. */
  private void awaitStored(Kill.Plan plan) {
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .atMost(STORED)
          .until(() -> phase(plan).equals(plan.moment().phase()));
    } catch (ConditionTimeoutException e) {
      // The kill says what was found instead.
    }
  }

  private String phase(Kill.Plan plan) {
    HasMetadata now =
        lab.client
            .resources(plan.moment().kind())
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

  /** Gives up what has not been hit; everybody who was killed has been started again. */
  void rest() throws InterruptedException {
    plans.clear();
    if (!turn.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("a kill is not over");
    }
    turn.release();
  }
}
