package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One aspect of an object's state, as of Kubernetes' API conventions. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @JsonPropertyDescription("What it is about: Ready, or one stage of the work.")
        @Required
        @Size(min = 1, max = 316)
        String type,
    @JsonPropertyDescription("Whether it holds: True, False or Unknown.") @Required
        ConditionStatus status,
    @JsonPropertyDescription(
            "The metadata.generation that this was found for; a smaller one than the object's is"
                + " out of date.")
        @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("When status last changed.") @Required @Size(max = 64)
        String lastTransitionTime,
    @JsonPropertyDescription("Why, in one word for programs.")
        @Required
        @Size(min = 1, max = 1024)
        @ValidationRule(
            value = "self.matches('^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$')",
            message = "has to be one word in CamelCase")
        String reason,
    @JsonPropertyDescription("Why, and what to do, in a sentence for people.")
        @Required
        @Size(max = Checks.MESSAGE_LENGTH)
        String message) {
  /** The type of the condition that sums up all others. */
  public static final String READY = "Ready";

  /**
   * The type of the condition by which the operator tells the agent whether the namespace of a
   * Synthesis has the base VM that an overlay from elsewhere needs.
   */
  public static final String BASE_FOUND = "BaseFound";

  /**
   * The type of the condition by which the operator tells how the pod around the VM of a Synthesis
   * does, and why there is none.
   */
  public static final String POD_RUNNING = "PodRunning";

  /**
   * A condition as it is found now.
   *
   * @param generation of the object that was looked at
   * @param reason one word in CamelCase
   * @param message a sentence with what to do; cut where it is longer than the API allows
   * @param before the conditions of the object until now: the time of the last transition stays
   *     while the status stays
   */
  public static Condition found(
      String type,
      ConditionStatus status,
      @Nullable Long generation,
      String reason,
      String message,
      List<Condition> before) {
    String since =
        find(before, type)
            .filter(old -> old.status == status)
            .map(Condition::lastTransitionTime)
            .orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    String bounded = message.substring(0, Math.min(message.length(), Checks.MESSAGE_LENGTH));
    return new Condition(type, status, generation, since, reason, bounded);
  }

  /** The condition of a type. */
  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.type.equals(type)).findFirst();
  }

  /** Whether the condition of a type is there and True. */
  public static boolean isTrue(List<Condition> conditions, String type) {
    return find(conditions, type).filter(it -> it.status == ConditionStatus.TRUE).isPresent();
  }
}
