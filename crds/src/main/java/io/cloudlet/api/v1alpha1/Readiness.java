package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** When a booted VM is worth capturing: exactly one sign, and how long to wait for it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "[has(self.serial), has(self.tcp), has(self.guestAgent), has(self.delay)]"
            + ".filter(given, given).size() == 1",
    message = "exactly one of serial, tcp, guestAgent and delay has to be given")
public record Readiness(
    @JsonPropertyDescription(
            "A regular expression: ready when the serial console prints a match. ^ and $ match"
                + " at lines.")
        @Size(min = 1, max = 1024)
        @Nullable String serial,
    @JsonPropertyDescription(
            "A TCP port of the guest, one of machine.ports: ready when it answers.")
        @Min(1)
        @Max(Checks.MAX_PORT)
        @Nullable Integer tcp,
    @JsonPropertyDescription("True: ready when the guest agent of QEMU answers.")
        @ValidationRule(value = "self", message = "has to be true, or left out")
        @Nullable Boolean guestAgent,
    @JsonPropertyDescription("Ready after this time, such as 90s.")
        @Size(max = 32)
        @ValidationRule(value = Checks.DURATION, message = Checks.DURATION_MESSAGE)
        @Nullable String delay,
    @JsonPropertyDescription(
            "How long to wait for the sign before the base VM has failed, such as 10m.")
        @Default("10m")
        @Size(max = 32)
        @ValidationRule(value = Checks.DURATION, message = Checks.DURATION_MESSAGE)
        @Nullable String timeout) {}
