package io.cloudlet.operator.placement;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.MachineSpec;
import io.cloudlet.api.v1alpha1.MachineStatus;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.vm.VmMemory;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much memory VMs take where they have been placed. */
public final class Guests {
  /** What the API server fills in where an image is booted without a machine. */
  private static final long USUAL_BYTES = 1L << 30;

  private static final Set<SynthesisPhase> WITHOUT_VM =
      EnumSet.of(SynthesisPhase.STOPPED, SynthesisPhase.FAILED, SynthesisPhase.TERMINATING);

  private static final Set<BaseVMPhase> BOOTED =
      EnumSet.of(BaseVMPhase.READY, BaseVMPhase.FAILED, BaseVMPhase.TERMINATING);

  private Guests() {}

  /** Bytes that the VM of a Synthesis takes. */
  public static long bytes(Synthesis synthesis) {
    SynthesisStatus status = synthesis.getStatus();
    if (status == null || WITHOUT_VM.contains(status.phase()) || synthesis.isMarkedForDeletion()) {
      return 0;
    }
    MachineStatus machine = status.machine();
    if (machine == null) {
      return 0;
    }
    // A pod has taken what QEMU needs besides the guest as well.
    return status.pod() == null ? machine.memoryBytes() : VmMemory.totalBytes(machine);
  }

  /** Bytes that the VM takes which is booted to make a base VM. */
  public static long bytes(BaseVM base) {
    BaseVMStatus status = base.getStatus();
    boolean boots = base.getSpec().source().image() != null;
    if (!boots || status == null || BOOTED.contains(status.phase()) || base.isMarkedForDeletion()) {
      return 0;
    }
    return bytes(base.getSpec().machine());
  }

  /** Bytes that a machine has which is to be booted. */
  public static long bytes(@Nullable MachineSpec machine) {
    Quantity memory = machine == null ? null : machine.memory();
    return memory == null ? USUAL_BYTES : memory.getNumericalAmount().longValue();
  }
}
