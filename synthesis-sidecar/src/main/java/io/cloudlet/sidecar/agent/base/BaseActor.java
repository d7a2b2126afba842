package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.sidecar.agent.cache.Packages;
import io.cloudlet.sidecar.agent.control.Retry;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.VmName;
import java.io.IOException;

/** Begins what a step needs. Returns at once: the work itself is done by jobs. Thread-safe. */
record BaseActor(Packages packages, FactFiles<BaseFacts> facts, BaseJobs jobs, BaseWork work) {
  void act(BaseVM base, BaseSight seen, BaseStep step) {
    switch (step) {
      case BaseStep.Make(JobState state) when Retry.isDue(state) ->
          jobs.make(base, desk -> work.make(base, desk));
      case BaseStep.Promote(VmName vm, JobState state) when Retry.isDue(state) ->
          jobs.promote(base, vm, progress -> work.promote(base, vm, progress));
      case BaseStep.Done(String digest, _)
          when seen.packageBytes() == null && Retry.isDue(seen.export()) ->
          jobs.export(base, _ -> packages.make(Digest.parse(digest)));
      case BaseStep.Make _,
          BaseStep.Promote _,
          BaseStep.Done _,
          BaseStep.AwaitVm _,
          BaseStep.Refuse _,
          BaseStep.Leave _ -> {}
    }
  }

  /**
   * Ends what is under way for a BaseVM, and its claim to what has been made. Whether another
   * BaseVM or a VM needs that only the operator can tell: it goes as copies on other nodes do.
   *
   * @return false while a job has to end first
   */
  boolean remove(BaseVM base) throws IOException {
    if (!jobs.cancel(base)) {
      return false;
    }
    facts.remove(base.getMetadata().getUid());
    return true;
  }
}
