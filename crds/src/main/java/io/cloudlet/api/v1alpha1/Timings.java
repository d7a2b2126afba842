package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/**
 * How long each stage took, in milliseconds. fetch, verify, decode and place overlap with
 * everything else and are added up over all threads.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Timings(
    @JsonPropertyDescription("Reading the bytes of the overlay.") @Min(0)
        @Nullable Long fetchMillis,
    @JsonPropertyDescription("Computing their digests.") @Min(0) @Nullable Long verifyMillis,
    @JsonPropertyDescription("Turning them into pages.") @Min(0) @Nullable Long decodeMillis,
    @JsonPropertyDescription("Bringing pages into files and to QEMU.") @Min(0)
        @Nullable Long placeMillis,
    @JsonPropertyDescription("Until QEMU was started.") @Min(0) @Nullable Long prepareMillis,
    @JsonPropertyDescription("From then until QEMU answered.") @Min(0) @Nullable Long startMillis,
    @JsonPropertyDescription("From then until QEMU had the state of the VM.") @Min(0)
        @Nullable Long loadMillis,
    @JsonPropertyDescription("From then until the guest ran.") @Min(0) @Nullable Long runMillis,
    @JsonPropertyDescription("From the beginning until the guest ran.") @Min(0)
        @Nullable Long totalMillis,
    @JsonPropertyDescription("From the beginning until readyPort answered.") @Min(0)
        @Nullable Long readyMillis) {}
