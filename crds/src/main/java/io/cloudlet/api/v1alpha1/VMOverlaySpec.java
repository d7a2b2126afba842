package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What an overlay is to be made of. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.synthesisRef) != has(self.url)",
    message = "exactly one of synthesisRef and url has to be given")
@ValidationRule(
    value = "has(self.url) == has(self.digest)",
    message =
        "url needs the overlay's digest, which overlay info prints; without url there is none yet",
    fieldPath = ".digest")
@ValidationRule(
    value = "!has(self.url) || (self.after == 'Continue' && !self.diskOnly && !self.balloon)",
    message = "after, diskOnly and balloon are for captures; the overlay at url is made")
@ValidationRule(
    value = "self == oldSelf",
    message =
        "a VMOverlay cannot change: what was captured and how is settled; create another VMOverlay")
public record VMOverlaySpec(
    @JsonPropertyDescription("A running Synthesis, whose VM is captured.")
        @Nullable ObjectRef synthesisRef,
    @JsonPropertyDescription("Where an overlay is that was made elsewhere: a URL of http or https.")
        @Size(max = Checks.URL_LENGTH)
        @ValidationRule(value = Checks.URL, message = Checks.URL_MESSAGE)
        @Nullable String url,
    @JsonPropertyDescription("Root digest of the overlay at url; another one is refused.")
        @Size(max = Checks.DIGEST_LENGTH)
        @ValidationRule(value = Checks.DIGEST, message = Checks.DIGEST_MESSAGE)
        @Nullable String digest,
    @JsonPropertyDescription("How the overlay is made small.") @Default("{}")
        @Nullable Encoding encoding,
    @JsonPropertyDescription(
            "What becomes of the VM once the overlay has been verified, and never before.")
        @Default("Continue")
        @Nullable AfterCapture after,
    @JsonPropertyDescription("Whether to leave out the memory: a VM made of the overlay boots.")
        @Default("false")
        @Nullable Boolean diskOnly,
    @JsonPropertyDescription(
            "Whether to take the memory that the guest does not use before the capture.")
        @Default("false")
        @Nullable Boolean balloon) {}
