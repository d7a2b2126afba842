package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** Room of a node for what can be fetched or made again. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeCache(
    @JsonPropertyDescription("What it may take altogether.") @Required @Min(0) long limitBytes,
    @JsonPropertyDescription("What it takes.") @Required @Min(0) long usedBytes,
    @JsonPropertyDescription("What is free on its disk.") @Required @Min(0) long freeBytes) {}
