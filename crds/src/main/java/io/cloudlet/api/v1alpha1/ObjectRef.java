package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Another object in the same namespace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObjectRef(
    @JsonPropertyDescription("Name of the object, which lies in the same namespace.")
        @Required
        @Size(min = 1, max = Checks.NAME)
        @ValidationRule(value = Checks.OBJECT_NAME, message = Checks.OBJECT_NAME_MESSAGE)
        String name) {}
