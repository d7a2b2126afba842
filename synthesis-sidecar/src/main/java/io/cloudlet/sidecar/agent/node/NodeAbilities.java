package io.cloudlet.sidecar.agent.node;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.agent.vm.Qemu;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.qemu.AcceleratorProbe;
import io.cloudlet.sidecar.qemu.KvmVerdict;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the QEMU of this node can do, found out once. Thread-safe. */
public final class NodeAbilities {
  private static final String HOST = "host";

  /**
   * All that was found.
   *
   * @param accelerators best first
   * @param withoutKvm why KVM is not among them; empty when it is
   */
  public record Found(
      String qemuVersion,
      List<Accelerator> accelerators,
      String withoutKvm,
      List<String> cpuModels,
      List<String> machineTypes,
      boolean postCopy) {}

  private final Qemu qemu;
  private final Path verdicts;
  private final io.cloudlet.sidecar.machine.@Nullable Accelerator only;
  private @Nullable Found found;

  /**
   * Of a QEMU.
   *
   * @param verdicts folder where probes remember what they found
   * @param only what shall run guests, unprobed; null for what works
   */
  public NodeAbilities(
      Qemu qemu, Path verdicts, io.cloudlet.sidecar.machine.@Nullable Accelerator only) {
    this.qemu = qemu;
    this.verdicts = verdicts;
    this.only = only;
  }

  /** Finds out, which takes up to half a minute the first time. */
  public synchronized Found find() throws IOException {
    if (found == null) {
      QemuBinary binary = qemu.binary();
      QemuOffers offers = QemuOffers.of(binary);
      String withoutKvm = withoutKvm(binary);
      boolean kvm = withoutKvm.isEmpty();
      found =
          new Found(
              binary.version().toString(),
              kvm ? List.of(Accelerator.KVM, Accelerator.TCG) : List.of(Accelerator.TCG),
              withoutKvm,
              offers.cpuModels().stream().filter(model -> kvm || !model.equals(HOST)).toList(),
              offers.machineTypes(),
              PostCopy.isPossible(binary.version()));
    }
    return found;
  }

  private String withoutKvm(QemuBinary binary) throws IOException {
    if (only != null) {
      return only == io.cloudlet.sidecar.machine.Accelerator.KVM ? "" : "the agent was told so";
    }
    KvmVerdict verdict = new AcceleratorProbe(binary, verdicts).kvm(kernel());
    return verdict.proof() == KvmVerdict.Proof.KERNEL ? "" : verdict.reason();
  }

  /** The one that this machine itself has booted, when it may be read: KVM is tried with it. */
  private static @Nullable Path kernel() {
    Path kernel = Path.of("/boot", "vmlinuz-" + System.getProperty("os.version"));
    return Files.isReadable(kernel) ? kernel : null;
  }

  /**
   * Refuses a machine that cannot run here.
   *
   * @throws ProblemException naming what it needs
   */
  public void require(Machine machine) throws IOException {
    Found here = find();
    String model = machine.cpuModel().replaceAll(",.*", "");
    require(
        here.accelerators.contains(ApiMachines.accelerator(machine.accelerator())),
        "the VM was captured under " + machine.accelerator() + ", which does not work here");
    require(
        here.cpuModels.contains(model), "QEMU " + here.qemuVersion + " has no CPU model " + model);
    require(
        here.machineTypes.contains(machine.machineType()),
        "QEMU " + here.qemuVersion + " has no machine type " + machine.machineType());
  }

  private static void require(boolean holds, String otherwise) throws ProblemException {
    if (!holds) {
      throw new ProblemException(
          Problem.lasting("WrongMachine", otherwise + "; place it on another node"));
    }
  }
}
