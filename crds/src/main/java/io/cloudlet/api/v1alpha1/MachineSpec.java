package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hardware of a VM that is booted; its overlays and syntheses have the same. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MachineSpec(
    @JsonPropertyDescription("Virtual CPUs, 1 to 255.") @Default("1") @Min(1) @Max(255)
        @Nullable Integer cpus,
    @JsonPropertyDescription(
            "CPU model of QEMU, features included. A VM resumes only on nodes that have the"
                + " model; host ties it to the CPU of one kind of host.")
        @Default("qemu64")
        @Size(min = 1, max = 255)
        @ValidationRule(
            value =
                "self.matches('^[A-Za-z0-9][A-Za-z0-9_.-]*"
                    + "(,[A-Za-z0-9_.+-]+(=[A-Za-z0-9_.-]+)?)*$')",
            message = "has to be MODEL[,FEATURE...], such as qemu64 or Haswell,-hle")
        @Nullable String cpuModel,
    @JsonPropertyDescription("Memory of the guest, 1Mi to 4Ti in whole Mi.")
        @Default("\"1Gi\"")
        @ValidationRule(
            value =
                "isQuantity(string(self)) && quantity(string(self)).isInteger()"
                    + " && quantity(string(self)).asInteger() >= 1048576"
                    + " && quantity(string(self)).asInteger() <= 4398046511104"
                    + " && quantity(string(self)).asInteger() % 1048576 == 0",
            message = "has to be 1Mi to 4Ti in whole Mi without a fraction, such as 512Mi or 2Gi")
        @Nullable Quantity memory,
    @JsonPropertyDescription(
            "Versioned machine type of QEMU, such as pc-q35-7.2; otherwise the newest of the"
                + " QEMU on the node that boots it.")
        @Size(min = 1, max = 63)
        @ValidationRule(
            value = "self.matches('^pc-q35-[a-z0-9]+([.][0-9]+){1,2}$')",
            message = "has to be a versioned machine type of QEMU, such as pc-q35-7.2")
        @Nullable String machineType,
    @JsonPropertyDescription(
            "What runs the guest; otherwise kvm where it works. A captured VM resumes only under"
                + " the same one.")
        @Nullable Accelerator accelerator,
    @JsonPropertyDescription(
            "Size to which the disk is enlarged before the boot, at least that of the image;"
                + " otherwise that of the image.")
        @ValidationRule(
            value =
                "isQuantity(string(self)) && quantity(string(self)).isInteger()"
                    + " && quantity(string(self)).asInteger() >= 1048576"
                    + " && quantity(string(self)).asInteger() <= 17592186044416"
                    + " && quantity(string(self)).asInteger() % 1048576 == 0",
            message = "has to be 1Mi to 16Ti in whole Mi without a fraction, such as 20Gi")
        @Nullable Quantity diskSize,
    @JsonPropertyDescription("What starts the boot loader of the disk.") @Default("BIOS")
        @Nullable Firmware firmware,
    @JsonPropertyDescription("How the network card of the guest reaches the network.")
        @Default("Masquerade")
        @Nullable NetworkBinding networkBinding,
    @JsonPropertyDescription(
            "TCP ports of the guest that can be reached from outside. A Synthesis may name others.")
        @Size(max = Checks.MAX_PORTS)
        List<MachinePort> ports) {
  /** Takes a copy of the list; a missing one is empty. */
  public MachineSpec {
    ports = Copies.of(ports);
  }
}
