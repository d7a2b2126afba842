package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has become of a synthesis, and its VM. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SynthesisStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Summary of the conditions for people.")
        @Nullable SynthesisPhase phase,
    @JsonPropertyDescription("Ready, and one condition for each stage of the work.") @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("The node on which the VM is to run or runs; its agent does the work.")
        @Size(max = 253)
        @Nullable String node,
    @JsonPropertyDescription("Name of the VM.") @Size(max = 253) @Nullable String vm,
    @JsonPropertyDescription("Digest of the base VM.") @Size(max = Checks.DIGEST_LENGTH)
        @Nullable String baseDigest,
    @JsonPropertyDescription(
            "Root digest of the overlay; absent when the base VM is resumed as it is.")
        @Size(max = Checks.DIGEST_LENGTH)
        @Nullable String overlayDigest,
    @JsonPropertyDescription("Where the node fetches the overlay.") @Size(max = Checks.URL_LENGTH)
        @Nullable String overlayUrl,
    @JsonPropertyDescription("The hardware of the VM.") @Nullable MachineStatus machine,
    @JsonPropertyDescription("Where the ports of the guest can be reached.") @Size(max = 64)
        List<Address> addresses,
    @JsonPropertyDescription("How the memory of the VM came to be.") @Nullable Way way,
    @JsonPropertyDescription("How far the present phase has come.") @Nullable Progress progress,
    @JsonPropertyDescription("How long each stage took.") @Nullable Timings timings,
    @JsonPropertyDescription("What went wrong; absent while nothing has.") @Nullable Failure error,
    @JsonPropertyDescription(
            "The pod around the VM; absent where VMs are no pods, and until there is one.")
        @Nullable VmPod pod) {
  /** Takes copies of the lists; a missing one is empty. */
  public SynthesisStatus {
    conditions = Copies.of(conditions);
    addresses = Copies.of(addresses);
  }
}
