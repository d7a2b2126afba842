package io.cloudlet.standalone.cluster;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings Cloudlet's API, roles and rules to a server, as {@code kubectl apply} of the same files
 * does.
 *
 * @param administrator may do so
 */
public record Installation(KubernetesClient administrator) {
  private static final long PATIENCE_SECONDS = 60;
  private static final String ROLES = "META-INF/cloudlet/rbac/";
  private static final String POLICY = "META-INF/cloudlet/policy/deletion.yaml";

  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(BaseVM.class, VMOverlay.class, Synthesis.class, CloudletNode.class);

  /**
   * Who operator and agents are.
   *
   * @param operator decides
   * @param agent does
   */
  public record Accounts(ServiceAccount operator, ServiceAccount agent) {}

  /** Applies everything, and returns when the server serves the API. */
  public Accounts run() throws IOException {
    List<HasMetadata> definitions = new ArrayList<>();
    for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
      definitions.addAll(definition(kind).apply(administrator));
    }
    for (HasMetadata definition : definitions) {
      administrator
          .resource((CustomResourceDefinition) definition)
          .waitUntilCondition(Installation::isServed, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    ServiceAccount operator = account(new Manifest(ROLES + "operator.yaml"));
    ServiceAccount agent = account(new Manifest(ROLES + "agent.yaml"));
    var _ = new Manifest(ROLES + "users.yaml").apply(administrator);
    var _ = new Manifest(POLICY).apply(administrator);
    return new Accounts(operator, agent);
  }

  /** The file that defines a kind. */
  static Manifest definition(Class<? extends CustomResource<?, ?>> kind) {
    return new Manifest("META-INF/cloudlet/crds/" + CustomResource.getCRDName(kind) + "-v1.yaml");
  }

  /** Applies a file of roles, after their namespace; the account that they are for. */
  private ServiceAccount account(Manifest roles) throws IOException {
    ServiceAccount account =
        roles.read(administrator).stream()
            .filter(ServiceAccount.class::isInstance)
            .map(ServiceAccount.class::cast)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(roles.name() + " has no account"));
    Manifest.apply(
        administrator,
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(account.getMetadata().getNamespace())
            .endMetadata()
            .build());
    var _ = roles.apply(administrator);
    return account;
  }

  private static boolean isServed(@Nullable CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }
}
