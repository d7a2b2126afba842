package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One image of an overlay. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OverlayImageStatus(
    @JsonPropertyDescription("Which image: disk/disk0, memory/pc.ram.")
        @Required
        @Size(min = 1, max = 255)
        String id,
    @JsonPropertyDescription("Length of the image.") @Required @Min(0) long bytes,
    @JsonPropertyDescription("How its changed pages are kept.") @Required PageStatistics pages) {}
