package io.cloudlet.standalone.cluster;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Brings the API of Cloudlet to a server.
 *
 * @param administrator may define resources and roles
 */
public record Installation(KubernetesClient administrator) {
  private static final long PATIENCE_SECONDS = 60;

  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(BaseVM.class, VMOverlay.class, Synthesis.class, CloudletNode.class);

  /** Applies the definitions, and returns when the server serves them. */
  public void run() throws IOException {
    List<HasMetadata> definitions = new ArrayList<>();
    for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
      definitions.addAll(definition(kind).apply(administrator));
    }
    for (HasMetadata definition : definitions) {
      administrator
          .resource((CustomResourceDefinition) definition)
          .waitUntilCondition(Installation::isServed, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** The file that defines a kind. */
  static Manifest definition(Class<? extends CustomResource<?, ?>> kind) {
    return new Manifest("META-INF/cloudlet/crds/" + CustomResource.getCRDName(kind) + "-v1.yaml");
  }

  private static boolean isServed(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }
}
