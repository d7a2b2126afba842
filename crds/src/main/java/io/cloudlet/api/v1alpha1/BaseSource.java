package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where a base VM comes from: exactly one of these. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "[has(self.image), has(self.__package__), has(self.synthesisRef),"
            + " has(self.virtualMachineRef)].filter(given, given).size() == 1",
    message = "exactly one of image, package, synthesisRef and virtualMachineRef has to be given")
public record BaseSource(
    @JsonPropertyDescription("A disk. It is booted, and captured once readiness says so.")
        @Nullable ImageSource image,
    @JsonPropertyDescription("An exported base VM. It is imported.") @JsonProperty("package")
        @Nullable PackageSource exported,
    @JsonPropertyDescription(
            "A running Synthesis, whose VM is captured as a new base VM. The VM runs on.")
        @Nullable ObjectRef synthesisRef,
    @JsonPropertyDescription(
            "A running VirtualMachine of KubeVirt that others made. It is captured and runs on.")
        @Nullable ObjectRef virtualMachineRef) {}
