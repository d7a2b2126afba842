package io.cloudlet.operator;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as a container has it, each with a default: POD_NAMESPACE and POD_NAME (who it
 * is), CLOUDLET_LEADER_ELECTION (true), CLOUDLET_PORT (8080), CLOUDLET_THREADS (8), and
 * CLOUDLET_SYNC_TIMEOUT_SECONDS (120).
 */
final class Environment {
  private Environment() {}

  static OperatorConfig config(Map<String, String> variables) {
    return new OperatorConfig(
        get(variables, "POD_NAMESPACE", OperatorConfig.USUAL_NAMESPACE, it -> it),
        get(variables, "POD_NAME", "operator-" + UUID.randomUUID(), it -> it),
        get(variables, "CLOUDLET_LEADER_ELECTION", true, Environment::trueOrFalse),
        OperatorConfig.LeaseTimes.USUAL,
        get(variables, "CLOUDLET_PORT", 8080, Integer::valueOf),
        get(variables, "CLOUDLET_THREADS", 8, Integer::valueOf),
        Duration.ofSeconds(get(variables, "CLOUDLET_SYNC_TIMEOUT_SECONDS", 120, Integer::valueOf)));
  }

  private static <T> T get(
      Map<String, String> variables, String name, T otherwise, Function<String, T> parse) {
    @Nullable String value = variables.get(name);
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    try {
      return parse.apply(value.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + "=" + value + " cannot be used; without it, it would be " + otherwise, e);
    }
  }

  private static Boolean trueOrFalse(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(value);
    };
  }
}
