package io.cloudlet.standalone.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/**
 * What Helm manages in a cluster, besides definitions.
 *
 * @param client may list everything
 */
record Managed(KubernetesClient client) {
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          Deployment.class,
          DaemonSet.class,
          Service.class,
          Secret.class,
          ServiceAccount.class,
          ClusterRole.class,
          ClusterRoleBinding.class,
          Role.class,
          RoleBinding.class,
          NetworkPolicy.class,
          ValidatingAdmissionPolicy.class,
          ValidatingAdmissionPolicyBinding.class);

  /** Kind and name of each. */
  List<String> names() {
    return KINDS.stream()
        .flatMap(it ->
            client
                .resources(it)
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/managed-by", "Helm")
                .list()
                .getItems()
                .stream())
        .map(it -> it.getKind() + " " + it.getMetadata().getName())
        .toList();
  }
}
