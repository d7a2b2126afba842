package io.cloudlet.sidecar.agent.node;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.MachineStatus;
import io.cloudlet.sidecar.machine.Machine;

/** Machines as statuses have them. */
public final class ApiMachines {
  private ApiMachines() {}

  /** What a captured state belongs to. */
  public static MachineStatus status(Machine machine) {
    return new MachineStatus(
        machine.machineType(),
        machine.cpuModel(),
        machine.cpus(),
        machine.memoryBytes(),
        accelerator(machine.accelerator()));
  }

  /** The API's name of an accelerator. */
  public static Accelerator accelerator(io.cloudlet.sidecar.machine.Accelerator accelerator) {
    return switch (accelerator) {
      case TCG -> Accelerator.TCG;
      case KVM -> Accelerator.KVM;
    };
  }

  /** The engine's. */
  public static io.cloudlet.sidecar.machine.Accelerator accelerator(Accelerator accelerator) {
    return switch (accelerator) {
      case TCG -> io.cloudlet.sidecar.machine.Accelerator.TCG;
      case KVM -> io.cloudlet.sidecar.machine.Accelerator.KVM;
    };
  }
}
