package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.ImageSource;
import io.cloudlet.api.v1alpha1.MachineSpec;
import io.cloudlet.sidecar.agent.node.ApiMachines;
import io.cloudlet.sidecar.machine.DirectKernel;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The hardware that an image is booted in, with the defaults of the API. */
record BaseMachine(QemuBinary qemu, Accelerator best) {
  private static final MachineSpec DEFAULTS =
      new MachineSpec(null, null, null, null, null, null, null, null, List.of());
  private static final int CPUS = 1;
  private static final String CPU_MODEL = "qemu64";
  private static final Quantity MEMORY = new Quantity("1Gi");

  Machine of(@Nullable MachineSpec asked, ImageSource image) {
    MachineSpec spec = Objects.requireNonNullElse(asked, DEFAULTS);
    return new Machine(
        Machine.LAYOUT,
        Objects.requireNonNullElse(spec.machineType(), qemu.version().machineType()),
        Objects.requireNonNullElse(spec.cpuModel(), CPU_MODEL),
        Objects.requireNonNullElse(spec.cpus(), CPUS),
        bytes(Objects.requireNonNullElse(spec.memory(), MEMORY)),
        ApiMachines.accelerator(Objects.requireNonNullElse(spec.accelerator(), best)),
        spec.ports().stream().map(port -> new Port(0, port.guest())).toList(),
        kernel(image),
        true);
  }

  private static @Nullable DirectKernel kernel(ImageSource image) {
    return image.kernel() == null
        ? null
        : new DirectKernel(image.initrd() != null, Objects.requireNonNullElse(image.append(), ""));
  }

  /** Whole bytes of a quantity, which the schema has checked. */
  static long bytes(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity).longValueExact();
  }
}
