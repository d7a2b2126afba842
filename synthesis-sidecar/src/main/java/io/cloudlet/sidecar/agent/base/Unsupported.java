package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.Firmware;
import io.cloudlet.api.v1alpha1.MachineSpec;
import io.cloudlet.api.v1alpha1.NetworkBinding;
import io.cloudlet.api.v1alpha1.Readiness;
import io.cloudlet.sidecar.agent.problem.Problem;
import org.jspecify.annotations.Nullable;

/** What the API has and an agent that runs QEMU itself has not. */
final class Unsupported {
  private Unsupported() {}

  /** What is wrong with a specification; null when nothing is. */
  static @Nullable Problem by(BaseVMSpec spec) {
    Readiness readiness = spec.readiness();
    if (readiness != null && Boolean.TRUE.equals(readiness.guestAgent())) {
      return refuse(
          "spec.readiness.guestAgent needs a channel to the guest's agent, which machines of this"
              + " node do not have; use serial, tcp or delay instead");
    }
    if (spec.source().virtualMachineRef() != null) {
      return refuse(
          "spec.source.virtualMachineRef needs KubeVirt, and this node runs QEMU itself; use"
              + " image, package or synthesisRef instead");
    }
    MachineSpec machine = spec.machine();
    if (machine == null) {
      return null;
    }
    if (machine.firmware() != null && machine.firmware() != Firmware.BIOS) {
      return refuse(
          "spec.machine.firmware " + machine.firmware() + " is not known here; use BIOS instead");
    }
    if (machine.networkBinding() != null && machine.networkBinding() != NetworkBinding.MASQUERADE) {
      return refuse(
          "spec.machine.networkBinding "
              + machine.networkBinding()
              + " is not known here; use Masquerade instead");
    }
    return null;
  }

  private static Problem refuse(String message) {
    return Problem.lasting("NotSupported", message);
  }
}
