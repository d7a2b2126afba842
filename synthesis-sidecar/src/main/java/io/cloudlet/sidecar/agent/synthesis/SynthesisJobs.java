package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.job.JobKey;
import io.cloudlet.sidecar.agent.job.JobRequest;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.job.Work;
import io.cloudlet.sidecar.agent.vm.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The jobs of Syntheses: which there are, and how they stand to each other. Thread-safe. */
final class SynthesisJobs {
  static final String LOOK = "look";
  static final String START = "synthesize";
  static final String PROBE = "probe";
  static final String PORTS = "ports";
  static final String POWER = "power";
  private static final String REMOVE = "remove";

  private final Jobs jobs;
  private final Placed<Synthesis> placed;

  SynthesisJobs(Jobs jobs, Placed<Synthesis> placed) {
    this.jobs = jobs;
    this.placed = placed;
  }

  JobState state(Synthesis synthesis, String kind) {
    return jobs.state(key(synthesis, kind));
  }

  /** A look at what is elsewhere. */
  void look(Synthesis synthesis, Work work) {
    start(synthesis, LOOK, null, work);
  }

  void start(Synthesis synthesis, Work work) {
    start(synthesis, START, Owner.resource(Owner.of(synthesis).vmName()), work);
  }

  void probe(Synthesis synthesis, Work work) {
    start(synthesis, PROBE, null, work);
  }

  void ports(Synthesis synthesis, Work work) {
    start(synthesis, PORTS, Owner.resource(Owner.of(synthesis).vmName()), work);
  }

  /** While nothing else may be changed about the VM, this may. */
  void power(Synthesis synthesis, Work work) {
    start(synthesis, POWER, null, work);
  }

  void remove(Synthesis synthesis, Work work) {
    start(synthesis, REMOVE, Owner.resource(Owner.of(synthesis).vmName()), work);
  }

  JobState removal(Synthesis synthesis) {
    return state(synthesis, REMOVE);
  }

  /** Ends whatever is under way for the VM; whether nothing is any more. */
  boolean cancel(Synthesis synthesis) {
    boolean gone = true;
    for (String kind : List.of(LOOK, START, PROBE, PORTS, POWER)) {
      gone &= jobs.cancel(key(synthesis, kind));
    }
    return gone;
  }

  /** Has it looked at again. */
  void wake(Synthesis synthesis) {
    placed.wake(synthesis);
  }

  /** Forgets what failed. */
  void forget(Synthesis synthesis) {
    jobs.cancel(key(synthesis, REMOVE));
  }

  private void start(Synthesis synthesis, String kind, @Nullable String resource, Work work) {
    String name = synthesis.getMetadata().getNamespace() + "/" + synthesis.getMetadata().getName();
    jobs.start(
        new JobRequest(
            key(synthesis, kind),
            kind + " of Synthesis " + name,
            resource,
            false,
            work,
            () -> placed.wake(synthesis)));
  }

  private static JobKey key(Synthesis synthesis, String kind) {
    return new JobKey(synthesis.getMetadata().getUid(), kind);
  }
}
