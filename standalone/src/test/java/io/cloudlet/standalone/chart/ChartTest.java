package io.cloudlet.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart makes of values. */
class ChartTest {
  @TempDir private Path scratch;
  private Chart chart = new Chart(Path.of(""));

  @BeforeEach
  void unfold() {
    chart = new Chart(scratch);
  }

  static List<Map.Entry<String, String>> samples() {
    return Chart.samples();
  }

  @Test
  void helmFindsNothingToRemark() {
    LintResult lint = Chart.helm().lint().strict().call();

    assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
  }

  @Test
  void hasTheVersionOfTheProject() throws IOException {
    String version =
        Files.readString(Path.of("pom.xml")).replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");

    assertThat(Chart.FOLDER.resolve("Chart.yaml"))
        .content()
        .contains("\nversion: " + version + "\n", "\nappVersion: " + version + "\n");
    assertThat(agent(chart.objects("{}")).getImage()).isEqualTo("cloudlet/agent:" + version);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everythingIsLabelledAndInTheNamespaceOfTheRelease(Map.Entry<String, String> sample)
      throws IOException {
    assertThat(chart.objects(sample.getValue()))
        .extracting(HasMetadata::getMetadata)
        .allSatisfy(it -> {
          assertThat(it.getNamespace()).isIn(null, Chart.NAMESPACE);
          assertThat(it.getLabels())
              .containsEntry("app.kubernetes.io/name", "cloudlet")
              .containsEntry("app.kubernetes.io/instance", Chart.RELEASE)
              .containsEntry("app.kubernetes.io/managed-by", "Helm")
              .containsKeys("app.kubernetes.io/component", "app.kubernetes.io/version");
        });
    assertThat(chart.text(sample.getValue())).doesNotContain("cloudlet-system", "<no value>");
  }

  @Test
  void theOperatorHasNoRightsOnItsNode() throws IOException {
    PodSpec pod =
        Chart.only(Deployment.class, chart.objects("{}")).getSpec().getTemplate().getSpec();

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
    assertThat(pod.getVolumes()).allMatch(it -> it.getEmptyDir() != null);
    assertNoRights(pod.getContainers().getFirst());
  }

  @Test
  void theAgentHasTheKubeletsFolderAndNoCapability() throws IOException {
    PodSpec pod = agentPod(chart.objects("{}"));
    Container agent = pod.getContainers().getFirst();

    assertNoRights(agent);
    assertThat(agent.getSecurityContext().getPrivileged()).isFalse();
    assertThat(pod.getHostPID()).isNull();
    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getInitContainers()).isEmpty();
    assertThat(pod.getVolumes().stream().filter(it -> it.getHostPath() != null))
        .singleElement()
        .satisfies(it -> assertThat(it.getHostPath().getPath()).isEqualTo("/var/lib/kubelet"));
    assertThat(agent.getVolumeMounts().getFirst().getMountPropagation())
        .isEqualTo("HostToContainer");
    assertThat(value(agent, "CLOUDLET_DATA")).isEqualTo("/var/lib/kubelet/plugins/cloudlet.io");
  }

  private static void assertNoRights(Container container) {
    assertThat(container.getSecurityContext())
        .satisfies(it -> {
          assertThat(it.getAllowPrivilegeEscalation()).isFalse();
          assertThat(it.getReadOnlyRootFilesystem()).isTrue();
          assertThat(it.getCapabilities().getDrop()).containsExactly("ALL");
          assertThat(it.getCapabilities().getAdd()).isEmpty();
        });
  }

  @Test
  void valuesReachTheAgent() throws IOException {
    List<HasMetadata> objects = chart.objects(Chart.EVERYTHING);
    Container agent = agent(objects);

    assertThat(agent.getArgs())
        .containsExactly(
            "agent",
            "--vms=pods",
            "--kubelet-root=/data/kubelet",
            "--cache-limit=20G",
            "--guest-memory=8G",
            "--accel=tcg",
            "--device-plugins=/data/kubelet/device-plugins",
            "--label=empty=",
            "--label=site=berlin");
    assertThat(agent.getImage()).isEqualTo("registry.example.org/edge/mirror/agent:7");
    assertThat(value(agent, "CLOUDLET_TLS_AUTHORITY")).isEqualTo("/etc/cloudlet/tls/ca.crt");
    assertThat(agent.getPorts()).anyMatch(it -> Integer.valueOf(7580).equals(it.getHostPort()));
    assertThat(agentPod(objects).getNodeSelector())
        .containsOnlyKeys("site", "kubernetes.io/os", "kubernetes.io/arch");
    assertThat(agentPod(objects).getInitContainers()).hasSize(1);
    assertThat(Chart.of(Secret.class, objects)).isEmpty();
    assertThat(Chart.only(Deployment.class, objects).getSpec().getTemplate().getSpec())
        .satisfies(it ->
            assertThat(it.getContainers().getFirst().getImage())
                .startsWith("registry.example.org/edge/cloudlet/operator@sha256:aaaa"));
    assertThat(objects).anyMatch(it -> it.getKind().equals("ServiceMonitor"));
  }

  @Test
  void theOperatorMakesPodsOfTheAgentsImage() throws IOException {
    List<HasMetadata> objects = chart.objects(Chart.EVERYTHING);
    Container operator = operator(objects);

    assertThat(value(operator, "CLOUDLET_VM_IMAGE")).isEqualTo(agent(objects).getImage());
    assertThat(value(operator, "CLOUDLET_VM_PULL_POLICY")).isEqualTo("Always");
    assertThat(value(operator, "CLOUDLET_VM_PULL_SECRETS")).isEqualTo("registry,mirror");
    assertThat(agentPod(objects).getSecurityContext().getSupplementalGroups())
        .containsExactly(107L);
  }

  private static Container operator(List<HasMetadata> objects) {
    return Chart.only(Deployment.class, objects)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst();
  }

  @Test
  void agentsCanBeReachedByAgentsAndByThoseWhomValuesName() throws IOException {
    String named = "{networkPolicy: {contentFrom: [{ipBlock: {cidr: 192.0.2.0/24}}]}}";

    assertThat(contentPeers("{}")).isEqualTo(1);
    assertThat(contentPeers(named)).isEqualTo(2);
  }

  private long contentPeers(String values) throws IOException {
    return Chart.of(NetworkPolicy.class, chart.objects(values)).stream()
        .filter(it -> it.getMetadata().getName().equals("cloudlet-agent"))
        .flatMap(it -> it.getSpec().getIngress().stream())
        .filter(it -> "content".equals(it.getPorts().getFirst().getPort().getStrVal()))
        .mapToLong(it -> it.getFrom().size())
        .sum();
  }

  @Test
  void withoutAgentsNothingOfThemIsThere() throws IOException {
    assertThat(chart.objects("{agent: {enabled: false}}"))
        .extracting(HasMetadata::getMetadata)
        .extracting(ObjectMeta::getName)
        .noneMatch(it -> it.startsWith("cloudlet-agent"));
  }

  private static PodSpec agentPod(List<HasMetadata> objects) {
    return Chart.only(DaemonSet.class, objects).getSpec().getTemplate().getSpec();
  }

  private static Container agent(List<HasMetadata> objects) {
    return agentPod(objects).getContainers().getFirst();
  }

  private static String value(Container container, String variable) {
    return container.getEnv().stream()
        .filter(it -> it.getName().equals(variable))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }
}
