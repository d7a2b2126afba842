package io.cloudlet.operator.status;

import java.util.List;
import java.util.Optional;

/**
 * Why something is not as it was asked for, as far as this program understands it. What changes it
 * is an event, so nothing is tried again before one.
 *
 * @param reason for programs
 * @param message a sentence for people, with what to do
 */
public record Problem(Reason reason, String message) {
  /** Why something cannot be deleted that has users, if it has any. */
  public static Optional<Problem> inUse(List<String> users) {
    return users.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                Reason.IN_USE,
                "kept as long as it is used; delete first: " + String.join(", ", users)));
  }
}
