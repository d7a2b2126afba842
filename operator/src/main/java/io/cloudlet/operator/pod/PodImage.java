package io.cloudlet.operator.pod;

import java.util.List;
import java.util.Set;

/**
 * The image of pods around VMs: the one that agents have, because QEMU has to be the same.
 *
 * @param name such as {@code registry.example.org/cloudlet/agent:1.0}
 * @param pullPolicy Always, IfNotPresent or Never
 * @param pullSecrets names of Secrets, which have to be in the namespace of each Synthesis
 */
public record PodImage(String name, String pullPolicy, List<String> pullSecrets) {
  private static final Set<String> POLICIES = Set.of("Always", "IfNotPresent", "Never");

  /** Checks what can be checked. */
  public PodImage {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the image of VM pods needs a name");
    }
    if (!POLICIES.contains(pullPolicy)) {
      throw new IllegalArgumentException(
          "pull policy " + pullPolicy + " is not one of Always, IfNotPresent and Never");
    }
    pullSecrets = List.copyOf(pullSecrets);
  }

  /** An image that is pulled where it is not there, without a secret. */
  public static PodImage of(String name) {
    return new PodImage(name, "IfNotPresent", List.of());
  }
}
