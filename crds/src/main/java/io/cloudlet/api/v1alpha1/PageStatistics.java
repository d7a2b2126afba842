package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** How many changed pages are kept in which way; a page has 4096 bytes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PageStatistics(
    @JsonPropertyDescription("Pages that are all zero.") @Required @Min(0) long zero,
    @JsonPropertyDescription("Pages that equal a page of the base VM.") @Required @Min(0) long base,
    @JsonPropertyDescription("Pages that equal a new page before them.") @Required @Min(0)
        long repeated,
    @JsonPropertyDescription("Pages of new content.") @Required @Min(0) long fresh) {}
