package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** An exported base VM. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PackageSource(
    @JsonPropertyDescription(
            "Where the package is, which base export or another cluster made: a URL of http or"
                + " https.")
        @Required
        @Size(max = Checks.URL_LENGTH)
        @ValidationRule(value = Checks.URL, message = Checks.URL_MESSAGE)
        String url,
    @JsonPropertyDescription(
            "Digest of the base VM in the package. Everything in a package is verified anyway;"
                + " with this, only this base VM is accepted.")
        @Size(max = Checks.DIGEST_LENGTH)
        @ValidationRule(value = Checks.DIGEST, message = Checks.DIGEST_MESSAGE)
        @Nullable String digest) {}
