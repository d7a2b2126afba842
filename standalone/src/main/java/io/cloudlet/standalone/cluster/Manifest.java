package io.cloudlet.standalone.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/**
 * A file of Kubernetes resources that is part of the program.
 *
 * @param name its path in the class path
 */
record Manifest(String name) {
  /** Owns what the program installs. */
  private static final String MANAGER = "cloudlet-up";

  /** Its resources in the order of the file. */
  List<HasMetadata> read(KubernetesClient client) throws IOException {
    try (InputStream yaml = Manifest.class.getClassLoader().getResourceAsStream(name)) {
      return client.load(Objects.requireNonNull(yaml, name)).items();
    }
  }

  /** Makes the server's resources what the file says; those as they are there now. */
  List<HasMetadata> apply(KubernetesClient client) throws IOException {
    return read(client).stream().map(resource -> apply(client, resource)).toList();
  }

  /** Makes one of the server's resources what it is here. */
  static HasMetadata apply(KubernetesClient client, HasMetadata resource) {
    return client.resource(resource).fieldManager(MANAGER).forceConflicts().serverSideApply();
  }
}
