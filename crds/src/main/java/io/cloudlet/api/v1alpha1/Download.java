package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A file to fetch, and what it has to be. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Download(
    @JsonPropertyDescription(
            "Where the file is: a URL of http or https. Servers that answer ranges can be resumed.")
        @Required
        @Size(max = Checks.URL_LENGTH)
        @ValidationRule(value = Checks.URL, message = Checks.URL_MESSAGE)
        String url,
    @JsonPropertyDescription(
            "SHA-256 of the file, as sha256: and 64 hexadecimal digits. Another file is refused.")
        @Required
        @Size(max = Checks.DIGEST_LENGTH)
        @ValidationRule(value = Checks.DIGEST, message = Checks.DIGEST_MESSAGE)
        String digest) {}
