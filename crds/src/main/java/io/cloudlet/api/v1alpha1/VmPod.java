package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The pod around a VM, for those who may not look at pods. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VmPod(
    @JsonPropertyDescription("Its name, in the namespace of the Synthesis.")
        @Required
        @Size(min = 1, max = 253)
        String name,
    @JsonPropertyDescription("Its uid, by which the node calls its folders.")
        @Required
        @Size(min = 1, max = 64)
        String uid,
    @JsonPropertyDescription("Its IP address, once it has one.") @Size(max = 64)
        @Nullable String address,
    @JsonPropertyDescription("How far it has come.") @Required VmPodPhase phase,
    @JsonPropertyDescription("Why it does not run, in one word for programs.") @Size(max = 1024)
        @Nullable String reason,
    @JsonPropertyDescription("Why it does not run, and what to do, for people.")
        @Size(max = Checks.MESSAGE_LENGTH)
        @Nullable String message) {
  /** Cuts what is longer than the API allows: others wrote it. */
  public VmPod {
    reason = bounded(reason, 1024);
    message = bounded(message, Checks.MESSAGE_LENGTH);
  }

  private static @Nullable String bounded(@Nullable String text, int length) {
    return text == null ? null : text.substring(0, Math.min(text.length(), length));
  }
}
