package io.cloudlet.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What an installation lays into an API server, from the same files. */
final class Installation {
  private static final String ROOT = "META-INF/cloudlet/";
  private static final List<String> CRDS =
      List.of(
          "basevms.cloudlet.io-v1.yaml",
          "vmoverlays.cloudlet.io-v1.yaml",
          "syntheses.cloudlet.io-v1.yaml",
          "cloudletnodes.cloudlet.io-v1.yaml");

  private Installation() {}

  static KubernetesClient client(String kubeConfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeConfig)).build();
  }

  static void crds(KubernetesClient client) {
    CRDS.forEach(it -> apply(client, "crds/" + it));
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .list()
        .getItems()
        .forEach(it ->
            client.resource(it).waitUntilCondition(Installation::isServed, 30, TimeUnit.SECONDS));
  }

  private static boolean isServed(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(it -> it.getType().equals("Established") && it.getStatus().equals("True"));
  }

  static void namespace(KubernetesClient client, String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .serverSideApply();
  }

  /** Everything in a file of the installation. */
  static List<HasMetadata> apply(KubernetesClient client, String file) {
    return load(client, file).stream()
        .map(it -> client.resource(it).forceConflicts().serverSideApply())
        .toList();
  }

  static List<HasMetadata> load(KubernetesClient client, String file) {
    ClassLoader loader = Objects.requireNonNull(Installation.class.getClassLoader());
    try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(ROOT + file), file)) {
      return client.load(in).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
