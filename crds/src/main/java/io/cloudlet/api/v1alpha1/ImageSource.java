package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A disk to boot. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.kernel) || !(has(self.initrd) || has(self.append))",
    message = "initrd and append need a kernel")
public record ImageSource(
    @JsonPropertyDescription("Where the disk is, raw or qcow2: a URL of http or https.")
        @Required
        @Size(max = Checks.URL_LENGTH)
        @ValidationRule(value = Checks.URL, message = Checks.URL_MESSAGE)
        String url,
    @JsonPropertyDescription(
            "SHA-256 of the file, as sha256: and 64 hexadecimal digits. Another file is refused.")
        @Required
        @Size(max = Checks.DIGEST_LENGTH)
        @ValidationRule(value = Checks.DIGEST, message = Checks.DIGEST_MESSAGE)
        String digest,
    @JsonPropertyDescription(
            "A kernel that is loaded directly; without it the boot loader of the disk runs.")
        @Nullable Download kernel,
    @JsonPropertyDescription("The initial RAM disk of that kernel.") @Nullable Download initrd,
    @JsonPropertyDescription(
            "Command line of that kernel, at most 2047 printable ASCII characters.")
        @Size(max = 2047)
        @ValidationRule(value = "self.matches('^[ -~]*$')", message = "has to be printable ASCII")
        @Nullable String append) {}
