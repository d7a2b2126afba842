package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.DirectKernel;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The hardware of a VM that is to be booted. */
final class MachineOptions {
  /** Which option sets which field of a machine. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "machine.memoryBytes", "--memory",
          "machine.cpus", "--cpus",
          "machine.machineType", "--machine",
          "machine.cpuModel", "--cpu",
          "machine.ports", "--port");

  @Option(names = "--cpus", defaultValue = "1", description = "Virtual CPUs; ${DEFAULT-VALUE}.")
  private int cpus;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "1G",
      description = "Memory, such as 512M or 2G; ${DEFAULT-VALUE}.")
  private Size memory;

  @Option(
      names = "--machine",
      paramLabel = "TYPE",
      description = "QEMU's versioned machine type, pc-q35-7.2; otherwise that of this QEMU.")
  private @Nullable String machineType;

  @Option(
      names = "--cpu",
      paramLabel = "MODEL",
      defaultValue = "qemu64",
      description =
          "QEMU's CPU model; ${DEFAULT-VALUE}. A VM resumes only where its model can be had, so"
              + " 'host' is a bad choice.")
  private String cpuModel;

  @Option(
      names = "--port",
      paramLabel = "[HOST:]GUEST",
      description = "Forwards a TCP port of the host, by itself any that is free. Repeatable.")
  private List<Port> ports = new ArrayList<>();

  @Option(
      names = "--accel",
      paramLabel = "tcg|kvm",
      description = "What runs the guest; otherwise kvm where it works.")
  private @Nullable Accelerator accelerator;

  @Option(names = "--kernel", paramLabel = "FILE", description = "Boots this kernel directly.")
  private @Nullable Path kernel;

  @Option(names = "--initrd", paramLabel = "FILE", description = "With this initial RAM disk.")
  private @Nullable Path initrd;

  @Option(names = "--append", paramLabel = "TEXT", description = "With this command line.")
  private @Nullable String append;

  /**
   * The machine, for this QEMU.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  Machine machine(QemuBinary qemu, Accelerator available) {
    try {
      return build(qemu, available);
    } catch (IllegalArgumentException e) {
      String said = String.valueOf(e.getMessage());
      for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
        said = said.replace(option.getKey(), option.getValue());
      }
      throw new IllegalArgumentException(said, e);
    }
  }

  private Machine build(QemuBinary qemu, Accelerator available) {
    return new Machine(
        Machine.LAYOUT,
        machineType == null ? qemu.version().machineType() : machineType,
        cpuModel,
        cpus,
        memory.bytes(),
        accelerator == null ? available : accelerator,
        ports,
        directKernel(),
        true);
  }

  private @Nullable DirectKernel directKernel() {
    if (kernel == null) {
      if (initrd != null || append != null) {
        throw new IllegalArgumentException("--initrd and --append need a --kernel");
      }
      return null;
    }
    return new DirectKernel(initrd != null, append == null ? "" : append);
  }

  @Nullable Accelerator accelerator() {
    return accelerator;
  }

  @Nullable Path kernel() {
    return kernel;
  }

  @Nullable Path initrd() {
    return initrd;
  }
}
