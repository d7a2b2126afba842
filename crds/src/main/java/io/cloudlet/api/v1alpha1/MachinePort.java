package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A TCP port of the guest. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MachinePort(
    @JsonPropertyDescription("TCP port in the guest, 1 to 65535.")
        @Required
        @Min(1)
        @Max(Checks.MAX_PORT)
        int guest,
    @JsonPropertyDescription(
            "What to call the port, such as http: at most 15 lower-case letters, digits and"
                + " inner hyphens.")
        @Size(min = 1, max = 15)
        @ValidationRule(value = Checks.PORT_NAME, message = Checks.PORT_NAME_MESSAGE)
        @Nullable String name) {}
