package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node has. Written by its agent, all but the condition Alive, when something changed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CloudletNodeStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready: whether the agent can run VMs, says the agent. Alive: whether the agent"
                + " answers, says the operator.")
        @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("URL under which the agent serves overlays and packages.")
        @Size(max = Checks.URL_LENGTH)
        @Nullable String address,
    @JsonPropertyDescription("Version of the agent.") @Size(max = 63) @Nullable String agentVersion,
    @JsonPropertyDescription("Version of QEMU.") @Size(max = 63) @Nullable String qemuVersion,
    @JsonPropertyDescription("What can run guests, best first.") @Size(max = 8)
        List<Accelerator> accelerators,
    @JsonPropertyDescription("CPU models of QEMU that guests can have.") @Size(max = 1000)
        List<@Size(max = 255) String> cpuModels,
    @JsonPropertyDescription("Versioned machine types of QEMU.") @Size(max = 1000)
        List<@Size(max = 63) String> machineTypes,
    @JsonPropertyDescription("Whether a VM may run here before its state has arrived.")
        @Nullable Boolean postCopy,
    @JsonPropertyDescription("CPUs of the node.") @Min(0) @Nullable Integer cpus,
    @JsonPropertyDescription("Memory that all guests together may have.") @Min(0)
        @Nullable Long memoryBytes,
    @JsonPropertyDescription("Room for base VMs, packages and overlays.") @Nullable NodeCache cache,
    @JsonPropertyDescription("Base VMs that are here, or on their way.") @Size(max = 1000)
        List<NodeBase> bases,
    @JsonPropertyDescription("Root digests of overlays that start at once here.") @Size(max = 1000)
        List<@Size(max = Checks.DIGEST_LENGTH) String> overlays,
    @JsonPropertyDescription("How many VMs there are.") @Min(0) @Nullable Integer vms,
    @JsonPropertyDescription(
            "What VMs are here: Processes of the agent, which is meant when nothing is said, or"
                + " Pods that the operator makes.")
        @Nullable VmsAs vmsAs) {
  /** Takes copies of the lists; a missing one is empty. */
  public CloudletNodeStatus {
    conditions = Copies.of(conditions);
    accelerators = Copies.of(accelerators);
    cpuModels = Copies.of(cpuModels);
    machineTypes = Copies.of(machineTypes);
    bases = Copies.of(bases);
    overlays = Copies.of(overlays);
  }
}
