package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** How an overlay is made small. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Encoding(
    @JsonPropertyDescription("Time for size: fast, balanced or best.") @Default("balanced")
        @Nullable Effort effort) {}
