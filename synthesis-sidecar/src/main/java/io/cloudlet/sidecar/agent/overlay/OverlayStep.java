package io.cloudlet.sidecar.agent.overlay;

import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRecord;

/** What is to be done for a VMOverlay next. */
sealed interface OverlayStep {
  /** Nothing ever: what happened cannot be mended. */
  record Leave() implements OverlayStep {}

  /** It is there, and all that was to be done with the VM has been done. */
  record Done(OverlayFacts.Made made) implements OverlayStep {}

  /** It is there; the VM is to be stopped. */
  record StopVm(OverlayFacts.Made made, VmName vm, JobState state) implements OverlayStep {}

  /** Its file has vanished. */
  record Gone() implements OverlayStep {}

  /** Read what is at the URL. */
  record Look(String url, JobState state) implements OverlayStep {}

  /** There is no VM to capture yet. */
  record AwaitVm(String synthesis) implements OverlayStep {}

  /** Capture it. */
  record Capture(VmName vm, JobState state) implements OverlayStep {}

  /** Decides. */
  static OverlayStep next(VMOverlay overlay, VMOverlayStatus before, OverlaySight seen) {
    VMOverlaySpec spec = overlay.getSpec();
    OverlayFacts.Made made = seen.made();
    if (made != null && !seen.work().isUnderWay()) {
      return made(spec, made, seen);
    }
    if (before.phase() == VMOverlayPhase.FAILED) {
      return new Leave();
    }
    if (before.phase() == VMOverlayPhase.READY) {
      return new Gone();
    }
    String url = spec.url();
    if (url != null) {
      return new Look(url, seen.work());
    }
    VmRecord vm = seen.vm();
    boolean capturable = seen.life() == Life.ALIVE || (diskOnly(spec) && hasEnded(seen.life()));
    return vm != null && (capturable || seen.work().isUnderWay())
        ? new Capture(vm.name(), seen.work())
        : new AwaitVm(spec.synthesisRef() == null ? "?" : spec.synthesisRef().name());
  }

  private static OverlayStep made(VMOverlaySpec spec, OverlayFacts.Made made, OverlaySight seen) {
    if (spec.url() != null) {
      return new Done(made);
    }
    if (!seen.here()) {
      return new Gone();
    }
    String captured = seen.facts() == null ? null : seen.facts().vm();
    VmRecord vm = seen.vm();
    if (vm == null || !vm.name().text().equals(captured)) {
      return new Done(made);
    }
    return stops(spec) && seen.life() == Life.ALIVE
        ? new StopVm(made, vm.name(), seen.finish())
        : new Done(made);
  }

  private static boolean hasEnded(Life life) {
    return life == Life.STOPPED || life == Life.SHUT_DOWN || life == Life.DIED;
  }

  /** Whether the VM shall not run on. */
  static boolean stops(VMOverlaySpec spec) {
    return spec.after() == AfterCapture.STOP || spec.after() == AfterCapture.DELETE;
  }

  /** Whether the memory is to be left out. */
  static boolean diskOnly(VMOverlaySpec spec) {
    return Boolean.TRUE.equals(spec.diskOnly());
  }
}
