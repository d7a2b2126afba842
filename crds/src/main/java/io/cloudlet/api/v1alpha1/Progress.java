package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** How far something long has come. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Progress(
    @JsonPropertyDescription("Bytes done.") @Required @Min(0) long bytes,
    @JsonPropertyDescription("Bytes altogether; absent while nobody knows.") @Min(0)
        @Nullable Long totalBytes,
    @JsonPropertyDescription("Of them, done, 0 to 100.") @Min(0) @Max(100)
        @Nullable Integer percent) {}
