package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a base VM is to be made of. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self == oldSelf",
    message =
        "a BaseVM cannot change: what it was captured from and how is settled; create another"
            + " BaseVM")
@ValidationRule(
    value = "has(self.source.image) || !has(self.machine)",
    message = "machine is only for an image, which is booted; every other source has its own",
    fieldPath = ".machine")
@ValidationRule(
    value = "has(self.source.image) == has(self.readiness)",
    message = "an image, which is booted, needs readiness; no other source has it",
    fieldPath = ".readiness")
@ValidationRule(
    value =
        "!has(self.readiness) || !has(self.readiness.tcp) || (has(self.machine)"
            + " && has(self.machine.ports) && self.machine.ports.exists(p, p.guest =="
            + " self.readiness.tcp))",
    message = "readiness.tcp has to be one of machine.ports",
    fieldPath = ".readiness.tcp")
@ValidationRule(
    value = "!has(self.source.__package__) || !self.balloon",
    message = "balloon is for captures; a package is imported as it is",
    fieldPath = ".balloon")
public record BaseVMSpec(
    @JsonPropertyDescription("Where the base VM comes from: exactly one of its fields.") @Required
        BaseSource source,
    @JsonPropertyDescription(
            "Hardware to boot an image in; without it, the defaults of its fields. Other sources"
                + " bring their own.")
        @Nullable MachineSpec machine,
    @JsonPropertyDescription("When a booted image is worth capturing.")
        @Nullable Readiness readiness,
    @JsonPropertyDescription(
            "Whether to take the memory that the guest does not use before the rest is kept: a"
                + " smaller base VM, whose guest reads its page cache anew.")
        @Default("false")
        @Nullable Boolean balloon) {}
