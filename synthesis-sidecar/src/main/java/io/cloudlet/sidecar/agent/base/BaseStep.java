package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.BaseSource;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.base.BaseManifest;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRecord;

/** What is to be done for a BaseVM next. */
sealed interface BaseStep {
  /** Nothing: it is made, or cannot be, and nothing is here to be told of. */
  record Leave() implements BaseStep {}

  /** It is here; others can have it once its package is made. */
  record Done(String digest, BaseManifest manifest) implements BaseStep {}

  /** This node cannot do what is asked for. */
  record Refuse(Problem problem) implements BaseStep {}

  /** Make it of a disk, or import it. */
  record Make(JobState state) implements BaseStep {}

  /** There is no VM to promote yet. */
  record AwaitVm(String synthesis) implements BaseStep {}

  /** Make it of a running VM. */
  record Promote(VmName vm, JobState state) implements BaseStep {}

  /** Decides. */
  static BaseStep next(BaseVM base, BaseVMStatus before, BaseSight seen) {
    String digest = seen.digest();
    if (digest != null && !seen.work().isUnderWay()) {
      BaseManifest manifest = seen.manifest();
      return manifest == null ? new Leave() : new Done(digest, manifest);
    }
    if (before.phase() == BaseVMPhase.FAILED || before.phase() == BaseVMPhase.READY) {
      return new Leave();
    }
    Problem problem = Unsupported.by(base.getSpec());
    if (problem != null) {
      return new Refuse(problem);
    }
    BaseSource source = base.getSpec().source();
    ObjectRef synthesis = source.synthesisRef();
    if (synthesis == null) {
      return new Make(seen.work());
    }
    VmRecord vm = seen.vm();
    return vm != null && (seen.life() == Life.ALIVE || seen.work().isUnderWay())
        ? new Promote(vm.name(), seen.work())
        : new AwaitVm(synthesis.name());
  }
}
