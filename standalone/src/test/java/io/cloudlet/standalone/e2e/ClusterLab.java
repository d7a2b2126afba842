package io.cloudlet.standalone.e2e;

import static java.util.Objects.requireNonNull;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two nodes with the images of this build, and the chart installed as shipped. */
final class ClusterLab implements AutoCloseable {
  static final List<String> NODES = List.of("node-1", "node-2");
  static final String SYSTEM = "cloudlet-system";
  private static final String RELEASE = "edge";
  private static final Path CHART = Path.of("..", "helm", "cloudlet");

  final TwoNodes nodes;
  final KubernetesClient client;
  final Resources resources;
  final Web web;
  private final Path folder;
  private final Diary diary;

  /** Starts the nodes and loads the images; nothing is installed yet. */
  ClusterLab(Path folder) throws IOException {
    this.folder = folder;
    nodes = TwoNodes.start(folder.resolve("nodes"), named("CLOUDLET_NODES"));
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(nodes.kubeconfig().toFile()))
            .build();
    diary = new Diary(client);
    resources = new Resources(client, diary::tell);
    web = new Web(folder.resolve("www"), InetAddress.getByName(TwoNodes.HOST));
    try (DirectoryStream<Path> images =
        Files.newDirectoryStream(named("CLOUDLET_IMAGES"), "*.tar")) {
      for (Path image : images) {
        nodes.load(image);
      }
    }
    namespace(SYSTEM, "privileged");
    for (String node : NODES) {
      client
          .nodes()
          .withName(node)
          .edit(it -> {
            it.getMetadata().getLabels().put("cloudlet.io/agent", "true");
            return it;
          });
    }
  }

  /** What the launcher has prepared. */
  private static Path named(String variable) {
    return Path.of(
        requireNonNull(System.getenv(variable), "start by ./cloudlet test cluster: " + variable));
  }

  /** A namespace where Pod Security is enforced. */
  void namespace(String name, String podSecurity) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", podSecurity)
                .endMetadata()
                .build())
        .create();
  }

  /** Installs the chart; returns when both nodes can take VMs. */
  void install() throws IOException {
    InstallCommand install =
        new Helm(CHART)
            .install()
            .withName(RELEASE)
            .withNamespace(SYSTEM)
            .withKubeConfig(nodes.kubeconfig())
            .withValuesFile(values());
    var _ = install.call();
    awaitNodes();
  }

  /** Upgrades to the same version with other values. */
  UpgradeCommand upgrade() throws IOException {
    return new Helm(CHART)
        .upgrade()
        .withName(RELEASE)
        .withNamespace(SYSTEM)
        .withKubeConfig(nodes.kubeconfig())
        .withValuesFile(values());
  }

  /** Uninstalls as a user does; what Helm says. */
  String uninstall() {
    return Helm.uninstall(RELEASE).withNamespace(SYSTEM).withKubeConfig(nodes.kubeconfig()).call();
  }

  /** Runs the tests of the release. */
  void test() {
    var _ = Helm.test(RELEASE).withNamespace(SYSTEM).withKubeConfig(nodes.kubeconfig()).call();
  }

  private Path values() throws IOException {
    return Files.writeString(
        folder.resolve("values.yaml"),
        """
        agent:
          accelerator: tcg
          cacheLimit: 4G
          guestMemory: 1500M
        """);
  }

  void awaitNodes() {
    for (String node : NODES) {
      resources.awaitCluster(
          CloudletNode.class,
          node,
          "Ready",
          it ->
              it.getStatus() != null
                  && Condition.isTrue(it.getStatus().conditions(), Condition.READY));
      client
          .resources(CloudletNode.class)
          .withName(node)
          .edit(it -> {
            it.getMetadata().getLabels().put("site", node);
            return it;
          });
    }
  }

  /** The pods of a component of the chart. */
  List<Pod> pods(String component) {
    return client
        .pods()
        .inNamespace(SYSTEM)
        .withLabel("app.kubernetes.io/component", component)
        .list()
        .getItems();
  }

  Story story() {
    return new Story(resources, web);
  }

  @Override
  public void close() throws IOException {
    client.close();
    web.close();
    nodes.close();
  }
}
