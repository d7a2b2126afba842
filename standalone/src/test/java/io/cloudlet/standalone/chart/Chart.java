package io.cloudlet.standalone.chart;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The chart, rendered by Helm itself.
 *
 * @param scratch a folder for files of values
 */
record Chart(Path scratch) {
  static final Path FOLDER = Path.of("..", "helm", "cloudlet").toAbsolutePath().normalize();
  static final String RELEASE = "edge";
  static final String NAMESPACE = "cloudlet-lab";

  /** Values that name everything that there is. */
  static final String EVERYTHING =
      """
      imageRegistry: registry.example.org/edge/
      imagePullSecrets: [{name: registry}]
      commonLabels: {team: edge}
      operator:
        image: {digest: "sha256:%s"}
        replicas: 2
        threads: 16
        nodeSelector: {node-role.kubernetes.io/control-plane: ""}
        tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists}]
        priorityClassName: system-cluster-critical
        podAnnotations: {example.org/a: b}
        serviceAccountAnnotations: {example.org/role: operator}
        env: [{name: JAVA_TOOL_OPTIONS, value: -Xmx200m}]
        podDisruptionBudget: {enabled: true, maxUnavailable: 50%%}
      agent:
        image: {repository: mirror/agent, tag: "7", pullPolicy: Always}
        nodeSelector: {cloudlet.io/agent: null, site: berlin}
        tolerations: [{operator: Exists}]
        priorityClassName: system-node-critical
        updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}
        resources: {limits: {memory: 64Gi, cpu: 8}}
        kubeletDir: /data/kubelet
        cacheLimit: 20G
        guestMemory: 8G
        accelerator: tcg
        nodeLabels: {site: berlin, empty: ""}
        advertise: HostIP
        port: 7580
        statusPort: 7581
        token: {existingSecret: tokens}
        tls: {existingSecret: agents-tls, verifyPeers: true}
        userfaultfd: {enableSysctl: true}
        podAnnotations: {example.org/a: b}
        serviceAccountAnnotations: {example.org/role: agent}
        env: [{name: CLOUDLET_QEMU, value: /usr/bin/qemu-system-x86_64}]
      vms: {imagePullSecrets: [registry, mirror]}
      networkPolicy:
        contentFrom: [{ipBlock: {cidr: 192.0.2.0/24}}]
        metricsFrom: [{namespaceSelector: {matchLabels: {name: monitoring}}}]
        apiServerPorts: [6443]
      serviceMonitor: {enabled: true, interval: 1m, labels: {release: prometheus}}
      """
          .formatted("a".repeat(64));

  /** Helm itself takes an older one for granted. */
  private static final String OLDEST_KUBERNETES = "1.30.0";

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  static Helm helm() {
    return new Helm(FOLDER);
  }

  /** Values that together reach every branch of every template. */
  static List<Map.Entry<String, String>> samples() {
    return List.of(
        Map.entry("defaults", "{}"),
        Map.entry("operator alone", "{agent: {enabled: false}}"),
        Map.entry(
            "bare",
            """
            crds: {install: false}
            deletionPolicy: {enabled: false}
            uninstallGuard: {enabled: false}
            networkPolicy: {enabled: false}
            operator: {resources: {requests: null, limits: null}}
            """),
        Map.entry("everything", EVERYTHING),
        Map.entry("host ports", "{agent: {advertise: NodeName, nodeSelector: {site: berlin}}}"));
  }

  /**
   * What Helm prints for values. Given a Secret for agents, since it would look for one in a
   * cluster.
   */
  String text(String values) throws IOException {
    return helm()
        .template()
        .withName(RELEASE)
        .withNamespace(NAMESPACE)
        .withKubeVersion(OLDEST_KUBERNETES)
        .set("agent.token.existingSecret", "tokens")
        .withValuesFile(file(values))
        .call();
  }

  /** The objects for values, without hooks. */
  List<HasMetadata> objects(String values) throws IOException {
    return parse(text(values));
  }

  /** A file that holds values. */
  Path file(String values) throws IOException {
    return Files.writeString(Files.createTempFile(scratch, "values", ".yaml"), values);
  }

  static List<HasMetadata> parse(String yaml) {
    Object read = YAML.unmarshal(yaml);
    List<?> all = read instanceof List<?> several ? several : List.of(read);
    return all.stream().map(HasMetadata.class::cast).toList();
  }

  /** The objects of a kind. */
  static <T extends HasMetadata> List<T> of(Class<T> kind, List<HasMetadata> objects) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The object of a kind that is the only one. */
  static <T extends HasMetadata> T only(Class<T> kind, List<HasMetadata> objects) {
    List<T> found = of(kind, objects);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects of " + kind.getSimpleName());
    }
    return found.getFirst();
  }
}
