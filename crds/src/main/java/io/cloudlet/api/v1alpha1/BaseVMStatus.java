package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has become of a base VM. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BaseVMStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Summary of the conditions for people.") @Nullable BaseVMPhase phase,
    @JsonPropertyDescription("Ready, and one condition for each stage of the work.") @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("Digest of its manifest, which names it and covers all of it.")
        @Size(max = Checks.DIGEST_LENGTH)
        @Nullable String digest,
    @JsonPropertyDescription("When it was captured.") @Size(max = 64) @Nullable String created,
    @JsonPropertyDescription("Length of its disks, holes included.") @Min(0)
        @Nullable Long diskBytes,
    @JsonPropertyDescription("Length of its memory images, holes included.") @Min(0)
        @Nullable Long memoryBytes,
    @JsonPropertyDescription("What it takes on the disk of a node.") @Min(0)
        @Nullable Long storedBytes,
    @JsonPropertyDescription("Size of its package, which is what a node fetches.") @Min(0)
        @Nullable Long packageBytes,
    @JsonPropertyDescription("Size of its package for people, such as 40.6 MB.") @Size(max = 32)
        @Nullable String size,
    @JsonPropertyDescription("Where its package can be downloaded.") @Size(max = Checks.URL_LENGTH)
        @Nullable String packageUrl,
    @JsonPropertyDescription("The hardware that its state belongs to.")
        @Nullable MachineStatus machine,
    @JsonPropertyDescription("The node where it is, or was, booted, captured or imported.")
        @Size(max = 253)
        @Nullable String node,
    @JsonPropertyDescription(
            "What uses it, such as Synthesis shop; while there is anything, it cannot be deleted.")
        @Size(max = 100)
        List<@Size(max = 320) String> users,
    @JsonPropertyDescription("How far the present phase has come.") @Nullable Progress progress,
    @JsonPropertyDescription("Which nodes hold it, and how far.") @Size(max = 5000)
        List<NodeCopy> nodes,
    @JsonPropertyDescription("On how many nodes it is ready.") @Min(0)
        @Nullable Integer nodesReady) {
  /** Takes copies of the lists; a missing one is empty. */
  public BaseVMStatus {
    conditions = Copies.of(conditions);
    users = Copies.of(users);
    nodes = Copies.of(nodes);
  }
}
