package io.cloudlet.sidecar.agent.problem;

/**
 * Why something could not be done.
 *
 * @param reason one word in CamelCase, for programs
 * @param message a sentence for people, with what to do
 * @param retryable whether the same again may succeed, because what is wrong lies outside and may
 *     be mended
 */
public record Problem(String reason, String message, boolean retryable) {
  /** One that nobody can mend without another resource. */
  public static Problem lasting(String reason, String message) {
    return new Problem(reason, message, false);
  }

  /** One that may pass. */
  public static Problem passing(String reason, String message) {
    return new Problem(reason, message, true);
  }
}
