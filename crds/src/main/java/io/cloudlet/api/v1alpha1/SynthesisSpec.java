package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What VM is to run, and where. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "[has(self.baseRef), has(self.overlayRef), has(self.overlayUrl)]"
            + ".filter(given, given).size() == 1",
    message = "exactly one of baseRef, overlayRef and overlayUrl has to be given")
@ValidationRule(
    value = "has(self.overlayUrl) == has(self.digest)",
    message =
        "overlayUrl needs the overlay's digest, which overlay info prints; nothing else takes one",
    fieldPath = ".digest")
@ValidationRule(
    value =
        "!has(self.readyPort) || !has(self.ports) || self.ports.exists(p, p.guest =="
            + " self.readyPort)",
    message = "readyPort has to be one of ports",
    fieldPath = ".readyPort")
@ValidationRule(
    value = "!has(self.ports) || self.ports.all(p, has(p.name)) || self.ports.size() == 1",
    message = "each of several ports needs a name, because its Service needs it",
    fieldPath = ".ports")
@ValidationRule(
    value =
        "has(self.baseRef) == has(oldSelf.baseRef) && (!has(self.baseRef)"
            + " || self.baseRef == oldSelf.baseRef)",
    message = "baseRef cannot change under a VM; create another Synthesis",
    fieldPath = ".baseRef")
@ValidationRule(
    value =
        "has(self.overlayRef) == has(oldSelf.overlayRef) && (!has(self.overlayRef)"
            + " || self.overlayRef == oldSelf.overlayRef)",
    message = "overlayRef cannot change under a VM; create another Synthesis",
    fieldPath = ".overlayRef")
@ValidationRule(
    value =
        "has(self.overlayUrl) == has(oldSelf.overlayUrl) && (!has(self.overlayUrl)"
            + " || self.overlayUrl == oldSelf.overlayUrl)",
    message = "overlayUrl cannot change under a VM; create another Synthesis",
    fieldPath = ".overlayUrl")
@ValidationRule(
    value =
        "has(self.digest) == has(oldSelf.digest) && (!has(self.digest)"
            + " || self.digest == oldSelf.digest)",
    message = "digest cannot change under a VM; create another Synthesis",
    fieldPath = ".digest")
@ValidationRule(
    value =
        "has(self.placement) == has(oldSelf.placement) && (!has(self.placement)"
            + " || self.placement == oldSelf.placement)",
    message = "placement cannot change once a VM is on its way; create another Synthesis",
    fieldPath = ".placement")
@ValidationRule(
    value = "self.start == oldSelf.start && self.earlyStart == oldSelf.earlyStart",
    message =
        "start and earlyStart cannot change once a VM is on its way; create another Synthesis")
public record SynthesisSpec(
    @JsonPropertyDescription("A BaseVM, which is resumed as it is.") @Nullable ObjectRef baseRef,
    @JsonPropertyDescription("A VMOverlay; its base VM is found by digest.")
        @Nullable ObjectRef overlayRef,
    @JsonPropertyDescription(
            "Where an overlay is that no VMOverlay describes: a URL of http or https. Its base"
                + " VM is found by digest.")
        @Size(max = Checks.URL_LENGTH)
        @ValidationRule(value = Checks.URL, message = Checks.URL_MESSAGE)
        @Nullable String overlayUrl,
    @JsonPropertyDescription("Root digest of the overlay at overlayUrl; another one is refused.")
        @Size(max = Checks.DIGEST_LENGTH)
        @ValidationRule(value = Checks.DIGEST, message = Checks.DIGEST_MESSAGE)
        @Nullable String digest,
    @JsonPropertyDescription(
            "Which node may run the VM; without this, any that has the base VM or room for it.")
        @Nullable Placement placement,
    @JsonPropertyDescription("Resume where it was captured, or Boot from the disk alone.")
        @Default("Resume")
        @Nullable StartMode start,
    @JsonPropertyDescription(
            "Whether the VM may run before its state has arrived, on nodes that can; agents of this"
                + " version cannot, and wait for all of it.")
        @Default("true")
        @Nullable Boolean earlyStart,
    @JsonPropertyDescription(
            "TCP ports of the guest that a Service of this name exposes, instead of those of the"
                + " overlay or base VM.")
        @Size(max = Checks.MAX_PORTS)
        List<ServicePort> ports,
    @JsonPropertyDescription(
            "A TCP port of the guest, one of ports: Ready turns true when it answers; without"
                + " this, when the guest runs.")
        @Min(1)
        @Max(Checks.MAX_PORT)
        @Nullable Integer readyPort) {
  /** Takes a copy of the list; a missing one is empty. */
  public SynthesisSpec {
    ports = Copies.of(ports);
  }
}
