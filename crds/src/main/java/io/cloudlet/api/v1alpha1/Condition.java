package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One aspect of an object's state, as of Kubernetes' API conventions. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @JsonPropertyDescription("What it is about: Ready, or one stage of the work.")
        @Required
        @Size(min = 1, max = 316)
        String type,
    @JsonPropertyDescription("Whether it holds: True, False or Unknown.") @Required
        ConditionStatus status,
    @JsonPropertyDescription(
            "The metadata.generation that this was found for; a smaller one than the object's is"
                + " out of date.")
        @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("When status last changed.") @Required @Size(max = 64)
        String lastTransitionTime,
    @JsonPropertyDescription("Why, in one word for programs.")
        @Required
        @Size(min = 1, max = 1024)
        @ValidationRule(
            value = "self.matches('^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$')",
            message = "has to be one word in CamelCase")
        String reason,
    @JsonPropertyDescription("Why, and what to do, in a sentence for people.")
        @Required
        @Size(max = Checks.MESSAGE_LENGTH)
        String message) {}
