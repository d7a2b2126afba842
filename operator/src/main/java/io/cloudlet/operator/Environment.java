package io.cloudlet.operator;

import io.cloudlet.operator.pod.PodImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as a container has it, each with a default: POD_NAMESPACE and POD_NAME (who it
 * is), CLOUDLET_LEADER_ELECTION (true), CLOUDLET_PORT (8080), CLOUDLET_THREADS (8),
 * CLOUDLET_SYNC_TIMEOUT_SECONDS (120), CLOUDLET_VM_IMAGE (none: VMs are no pods),
 * CLOUDLET_VM_PULL_POLICY (IfNotPresent) and CLOUDLET_VM_PULL_SECRETS (none; names with commas
 * between).
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
        Duration.ofSeconds(get(variables, "CLOUDLET_SYNC_TIMEOUT_SECONDS", 120, Integer::valueOf)),
        image(variables));
  }

  private static @Nullable PodImage image(Map<String, String> variables) {
    String policy = get(variables, "CLOUDLET_VM_PULL_POLICY", "IfNotPresent", it -> it);
    List<String> secrets =
        get(variables, "CLOUDLET_VM_PULL_SECRETS", List.of(), it -> List.of(it.split(" *, *")));
    String name = get(variables, "CLOUDLET_VM_IMAGE", "", it -> it);
    return name.isEmpty() ? null : new PodImage(name, policy, secrets);
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
