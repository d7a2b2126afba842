package io.cloudlet.sidecar.agent.overlay;

import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.agent.cache.OverlayFiles;
import io.cloudlet.sidecar.agent.control.Retry;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.node.VmName;
import java.io.IOException;

/** Begins what a step needs. Returns at once: the work itself is done by jobs. Thread-safe. */
final class OverlayActor {
  private final OverlayFiles files;
  private final FactFiles<OverlayFacts> facts;
  private final OverlayJobs jobs;
  private final OverlayWork work;

  OverlayActor(
      OverlayFiles files, FactFiles<OverlayFacts> facts, OverlayJobs jobs, OverlayWork work) {
    this.files = files;
    this.facts = facts;
    this.jobs = jobs;
    this.work = work;
  }

  void act(VMOverlay overlay, OverlayStep step) {
    switch (step) {
      case OverlayStep.Look(String url, JobState state) when Retry.isDue(state) ->
          jobs.look(overlay, progress -> work.look(overlay, url, progress));
      case OverlayStep.Capture(VmName vm, JobState state) when Retry.isDue(state) ->
          jobs.capture(overlay, vm, progress -> work.capture(overlay, vm, progress));
      case OverlayStep.StopVm(_, VmName vm, JobState state) when Retry.isDue(state) ->
          jobs.stop(overlay, vm, _ -> work.stop(vm));
      case OverlayStep.Look _,
          OverlayStep.Capture _,
          OverlayStep.StopVm _,
          OverlayStep.AwaitVm _,
          OverlayStep.Done _,
          OverlayStep.Gone _,
          OverlayStep.Leave _ -> {}
    }
  }

  /** Removes all that there is of a VMOverlay; false while a job has to end first. */
  boolean remove(VMOverlay overlay) throws IOException {
    if (!jobs.cancel(overlay)) {
      return false;
    }
    String uid = overlay.getMetadata().getUid();
    files.remove(uid);
    facts.remove(uid);
    return true;
  }
}
