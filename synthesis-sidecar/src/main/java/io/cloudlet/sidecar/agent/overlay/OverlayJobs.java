package io.cloudlet.sidecar.agent.overlay;

import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.agent.job.JobKey;
import io.cloudlet.sidecar.agent.job.JobRequest;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.job.Work;
import io.cloudlet.sidecar.agent.vm.Owner;
import io.cloudlet.sidecar.node.VmName;
import java.util.function.Consumer;

/** The jobs of VMOverlays. Thread-safe. */
final class OverlayJobs {
  private static final String CAPTURE = "capture";
  private static final String LOOK = "inspect";
  private static final String STOP = "stop";

  private final Jobs jobs;
  private final Consumer<VMOverlay> changed;

  /**
   * Over the agent's jobs.
   *
   * @param changed hears of an overlay whose jobs have come further; returns at once
   */
  OverlayJobs(Jobs jobs, Consumer<VMOverlay> changed) {
    this.jobs = jobs;
    this.changed = changed;
  }

  JobState work(VMOverlay overlay) {
    return jobs.state(key(overlay, overlay.getSpec().url() == null ? CAPTURE : LOOK));
  }

  JobState finish(VMOverlay overlay) {
    return jobs.state(key(overlay, STOP));
  }

  void capture(VMOverlay overlay, VmName vm, Work work) {
    jobs.start(
        new JobRequest(
            key(overlay, CAPTURE),
            "the capture of VMOverlay " + name(overlay),
            Owner.resource(vm),
            true,
            work,
            () -> changed.accept(overlay)));
  }

  void look(VMOverlay overlay, Work work) {
    jobs.start(
        new JobRequest(
            key(overlay, LOOK),
            "the look at VMOverlay " + name(overlay),
            null,
            false,
            work,
            () -> changed.accept(overlay)));
  }

  void stop(VMOverlay overlay, VmName vm, Work work) {
    jobs.start(
        new JobRequest(
            key(overlay, STOP),
            "the stop after VMOverlay " + name(overlay),
            Owner.resource(vm),
            false,
            work,
            () -> changed.accept(overlay)));
  }

  /** Ends what is under way; whether nothing is any more. */
  boolean cancel(VMOverlay overlay) {
    boolean captures = jobs.cancel(key(overlay, CAPTURE));
    boolean looks = jobs.cancel(key(overlay, LOOK));
    return jobs.cancel(key(overlay, STOP)) && captures && looks;
  }

  /** For people, and to find it again. */
  static String name(VMOverlay overlay) {
    return overlay.getMetadata().getNamespace() + "/" + overlay.getMetadata().getName();
  }

  private static JobKey key(VMOverlay overlay, String kind) {
    return new JobKey(overlay.getMetadata().getUid(), kind);
  }
}
