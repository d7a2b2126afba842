package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What went wrong. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(
    @JsonPropertyDescription(
            "In one word for programs; the reason of the condition Ready is the same.")
        @Required
        @Size(min = 1, max = 1024)
        String reason,
    @JsonPropertyDescription("In a sentence for people, with what to do.")
        @Required
        @Size(max = Checks.MESSAGE_LENGTH)
        String message) {}
