package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A base VM on one node. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeCopy(
    @JsonPropertyDescription("Name of the node.") @Required @Size(min = 1, max = 253) String name,
    @JsonPropertyDescription("How far it has come there.") @Required NodeCopyPhase phase,
    @JsonPropertyDescription("How much of it is there.") @Nullable Progress progress,
    @JsonPropertyDescription("Why it failed.") @Size(max = 1024) @Nullable String message) {}
