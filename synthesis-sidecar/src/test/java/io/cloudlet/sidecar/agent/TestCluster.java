package io.cloudlet.sidecar.agent;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A real API server with the project's resources, and a stand-in for the operator. */
final class TestCluster implements AutoCloseable {
  static final String NAMESPACE = "default";
  static final Duration PATIENCE = Duration.ofMinutes(3);

  final KubernetesClient client;

  TestCluster(String kubeConfig) throws IOException {
    client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeConfig)).build();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("..", "crds"), "*cloudlet.io-v1.yaml")) {
      for (Path file : files) {
        client.load(Files.newInputStream(file)).serverSideApply();
      }
    }
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(AgentConfig.DEFAULT_NAMESPACE)
                .endMetadata()
                .build())
        .serverSideApply();
    awaitServed();
  }

  private void awaitServed() {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() ->
            client.resources(CloudletNode.class).list() != null
                && client.resources(Synthesis.class).list() != null);
  }

  /** Creates an object. */
  <P extends HasMetadata> P create(P object, String name) {
    object.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
    return client.resource(object).create();
  }

  /** Writes a status as the operator does. */
  <S, P extends CustomResource<?, S>> void operatorSays(P object, P patch, S status) {
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(object.getMetadata().getName())
            .withNamespace(object.getMetadata().getNamespace())
            .build());
    patch.setStatus(status);
    client
        .resource(patch)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("cloudlet-operator")
                .withForce(true)
                .build());
  }

  /** The object as it is now. */
  <P extends HasMetadata> P now(P object) {
    return Objects.requireNonNull(client.resource(object).get(), "it is gone");
  }

  /** Waits until the object is as it shall be. */
  <P extends HasMetadata> P await(P object, Predicate<P> state) {
    return Awaitility.await()
        .alias("last seen: " + object.getMetadata().getName())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> now(object), state);
  }

  /** Deletes it and waits until it is gone. */
  void delete(HasMetadata object) {
    client.resource(object).delete();
    Awaitility.await().atMost(PATIENCE).until(() -> client.resource(object).get() == null);
  }

  @Override
  public void close() {
    client.close();
  }
}
