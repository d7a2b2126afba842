package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.sidecar.agent.job.JobKey;
import io.cloudlet.sidecar.agent.job.JobRequest;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.job.Work;
import io.cloudlet.sidecar.agent.vm.Owner;
import io.cloudlet.sidecar.node.VmName;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The jobs of BaseVMs. Thread-safe. */
final class BaseJobs {
  private static final String MAKE = "base";
  private static final String EXPORT = "package";

  private final Jobs jobs;
  private final Consumer<BaseVM> changed;

  /**
   * Over the agent's jobs.
   *
   * @param changed hears of a BaseVM whose jobs have come further; returns at once
   */
  BaseJobs(Jobs jobs, Consumer<BaseVM> changed) {
    this.jobs = jobs;
    this.changed = changed;
  }

  JobState work(BaseVM base) {
    return jobs.state(key(base, MAKE));
  }

  JobState export(BaseVM base) {
    return jobs.state(key(base, EXPORT));
  }

  /** Fetches before it boots: the parts of the work take their turns themselves. */
  void make(BaseVM base, Work work) {
    start(base, MAKE, null, false, work);
  }

  void promote(BaseVM base, VmName vm, Work work) {
    start(base, MAKE, Owner.resource(vm), true, work);
  }

  void export(BaseVM base, Work work) {
    start(base, EXPORT, null, true, work);
  }

  private void start(
      BaseVM base, String kind, @Nullable String resource, boolean heavy, Work work) {
    String name = base.getMetadata().getNamespace() + "/" + base.getMetadata().getName();
    jobs.start(
        new JobRequest(
            key(base, kind),
            "the making of BaseVM " + name,
            resource,
            heavy,
            work,
            () -> changed.accept(base)));
  }

  /** Ends what is under way; whether nothing is any more. */
  boolean cancel(BaseVM base) {
    boolean made = jobs.cancel(key(base, MAKE));
    return jobs.cancel(key(base, EXPORT)) && made;
  }

  private static JobKey key(BaseVM base, String kind) {
    return new JobKey(base.getMetadata().getUid(), kind);
  }
}
