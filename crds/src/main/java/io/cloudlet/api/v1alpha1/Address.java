package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where a port of the guest can be reached. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Address(
    @JsonPropertyDescription("TCP port in the guest.") @Required @Min(1) @Max(Checks.MAX_PORT)
        int guest,
    @JsonPropertyDescription("Address or DNS name to connect to.")
        @Required
        @Size(min = 1, max = 253)
        String host,
    @JsonPropertyDescription("TCP port to connect to.") @Required @Min(1) @Max(Checks.MAX_PORT)
        int port) {}
