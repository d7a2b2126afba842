package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A base VM that a node shall hold. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WantedBase(
    @JsonPropertyDescription("Digest of its manifest.")
        @Required
        @Size(max = Checks.DIGEST_LENGTH)
        @ValidationRule(value = Checks.DIGEST, message = Checks.DIGEST_MESSAGE)
        String digest,
    @JsonPropertyDescription("Where its package is, best first.") @Size(max = 16)
        List<@Size(max = Checks.URL_LENGTH) String> urls) {
  /** Takes a copy of the list; a missing one is empty. */
  public WantedBase {
    urls = Copies.of(urls);
  }
}
