package io.cloudlet.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What roles allow.
 *
 * @param roles and whatever else stands in the same file
 */
public record Grants(Collection<HasMetadata> roles) {
  /** In the words of {@link RequestLog}, such as {@code get leases.coordination.k8s.io}. */
  public Set<String> permissions() {
    Set<String> granted = new TreeSet<>();
    roles.stream().flatMap(Grants::rules).forEach(rule -> add(rule, granted));
    return granted;
  }

  private static Stream<PolicyRule> rules(HasMetadata object) {
    return switch (object) {
      case ClusterRole role -> role.getRules().stream();
      case Role role -> role.getRules().stream();
      default -> Stream.empty();
    };
  }

  private static void add(PolicyRule rule, Set<String> granted) {
    for (String group : rule.getApiGroups()) {
      for (String resource : rule.getResources()) {
        for (String verb : rule.getVerbs()) {
          granted.add(verb + " " + resource + (group.isEmpty() ? "" : "." + group));
        }
      }
    }
  }
}
