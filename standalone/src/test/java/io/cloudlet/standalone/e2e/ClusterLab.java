package io.cloudlet.standalone.e2e;

import static java.util.Objects.requireNonNull;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

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

  /** Upgrades with other values; returns what Helm says. */
  String upgrade(Map<String, String> others) throws IOException {
    UpgradeCommand upgrade =
        new Helm(CHART)
            .upgrade()
            .withName(RELEASE)
            .withNamespace(SYSTEM)
            .withKubeConfig(nodes.kubeconfig())
            .withValuesFile(values());
    others.forEach(upgrade::set);
    return upgrade.call().getOutput();
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

  /** Deletes the pods of a component; returns when others are ready in their place. */
  void replace(String component) {
    List<Pod> before = pods(component);
    before.forEach(it -> client.resource(it).delete());
    Awaitility.await(component + " pods are replaced")
        .atMost(Lab.PATIENCE)
        .until(() -> {
          List<Pod> now = pods(component);
          return now.size() == before.size()
              && now.stream().allMatch(Readiness::isPodReady)
              && now.stream().noneMatch(it -> contains(before, it));
        });
  }

  private static boolean contains(List<Pod> pods, Pod pod) {
    return pods.stream()
        .anyMatch(it -> it.getMetadata().getUid().equals(pod.getMetadata().getUid()));
  }

  /** Enforces Pod Security and a quota in a namespace that is there. */
  void restrict(String namespace) {
    client
        .namespaces()
        .withName(namespace)
        .edit(it -> {
          it.getMetadata().getLabels().put("pod-security.kubernetes.io/enforce", "restricted");
          return it;
        });
    client
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("vms")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addToHard("pods", new Quantity("10"))
                .addToHard("requests.memory", new Quantity("4Gi"))
                .endSpec()
                .build())
        .create();
  }

  /** What the quota has counted. */
  Map<String, String> quotaUsed() {
    return requireNonNull(
            client.resourceQuotas().inNamespace(Resources.NAMESPACE).withName("vms").get())
        .getStatus()
        .getUsed()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().toString()));
  }

  /** Returns when there is no pod around a VM any more. */
  void awaitNoVms() {
    Awaitility.await("no VM")
        .atMost(Lab.PATIENCE)
        .until(() ->
            client
                .pods()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/component", "vm")
                .list()
                .getItems()
                .isEmpty());
  }

  /** The pod around the VM of a Synthesis. */
  Pod vm(Synthesis synthesis) {
    Synthesis now = requireNonNull(resources.find(synthesis));
    String name = requireNonNull(requireNonNull(now.getStatus().pod())).name();
    return requireNonNull(
        client.pods().inNamespace(Resources.NAMESPACE).withName(name).get(), name);
  }

  /** Where the Service of a Synthesis answers. */
  InetSocketAddress service(Synthesis synthesis) {
    String name = synthesis.getMetadata().getName();
    ServiceSpec service =
        requireNonNull(client.services().inNamespace(Resources.NAMESPACE).withName(name).get())
            .getSpec();
    return new InetSocketAddress(service.getClusterIP(), service.getPorts().getFirst().getPort());
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
