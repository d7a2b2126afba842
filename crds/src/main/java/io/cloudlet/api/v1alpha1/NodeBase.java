package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A base VM on the node that says so. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeBase(
    @JsonPropertyDescription("Digest of its manifest.") @Required @Size(max = Checks.DIGEST_LENGTH)
        String digest,
    @JsonPropertyDescription("How far it has come here.") @Required NodeCopyPhase phase,
    @JsonPropertyDescription("How much of it is here.") @Nullable Progress progress,
    @JsonPropertyDescription("What it takes on the disk.") @Min(0) @Nullable Long storedBytes,
    @JsonPropertyDescription("Size of its package, when the agent serves it.") @Min(0)
        @Nullable Long packageBytes,
    @JsonPropertyDescription("Why it failed, and what to do.") @Size(max = 1024)
        @Nullable String message) {}
