package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The hardware that a captured state belongs to. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MachineStatus(
    @JsonPropertyDescription("Versioned machine type of QEMU.") @Required @Size(max = 63)
        String machineType,
    @JsonPropertyDescription("CPU model of QEMU, features included.") @Required @Size(max = 255)
        String cpuModel,
    @JsonPropertyDescription("Virtual CPUs.") @Required @Min(1) @Max(255) int cpus,
    @JsonPropertyDescription("Memory of the guest.") @Required @Min(0) long memoryBytes,
    @JsonPropertyDescription("What runs the guest.") @Required Accelerator accelerator) {}
