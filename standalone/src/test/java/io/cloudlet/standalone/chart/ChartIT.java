package io.cloudlet.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.standalone.kubernetes.ApiServer;
import io.cloudlet.standalone.kubernetes.ProgramFinder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart against an API server: nothing schedules or runs there. */
@SuppressWarnings("NullAway.Init")
class ChartIT {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @TempDir private static Path folder;
  private static ApiServer server;
  private static KubernetesClient client;

  @TempDir private Path scratch;

  @BeforeAll
  static void start() throws IOException {
    var programs = new ProgramFinder(System.getenv(), Progress.SILENT, _ -> {}).find();
    server = ApiServer.start(folder.resolve("server"), programs, _ -> {});
    client = server.administrator();
    namespace(Chart.NAMESPACE, "privileged");
  }

  private static void namespace(String name, String podSecurity) {
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

  @AfterAll
  static void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void theServerTakesEveryFieldOfEveryObject() throws IOException {
    for (Map.Entry<String, String> sample : Chart.samples()) {
      for (HasMetadata object : new Chart(scratch).objects(sample.getValue())) {
        if (!object.getKind().equals("ServiceMonitor")) {
          withoutPrivilege(object);
          assertThat(take(object)).as(sample.getKey()).isNotNull();
        }
      }
    }
  }

  @Test
  void podSecurityTakesTheOperatorAsRestrictedAndTheAgentAsPrivilegedAlone() throws IOException {
    namespace("restricted", "restricted");
    namespace("baseline", "baseline");
    List<HasMetadata> objects = new Chart(scratch).objects("{}");
    PodTemplateSpec operator = Chart.only(Deployment.class, objects).getSpec().getTemplate();
    PodTemplateSpec agent = Chart.only(DaemonSet.class, objects).getSpec().getTemplate();

    assertThat(admit("restricted", operator)).isNotNull();
    assertThat(admit(Chart.NAMESPACE, agent)).isNotNull();
    assertThatThrownBy(() -> admit("baseline", agent)).hasMessageContaining("hostPath");
  }

  private static Pod admit(String namespace, PodTemplateSpec template) {
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("pod")
            .withNamespace(namespace)
            .endMetadata()
            .withSpec(template.getSpec());
    // Nothing makes the account "default" here, and those of the chart are somewhere else.
    pod.editSpec().withServiceAccountName(null).endSpec();
    ensureAccount(namespace);
    return client.resource(pod.build()).dryRun().create();
  }

  private static void ensureAccount(String namespace) {
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("default")
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .serverSideApply();
  }

  @Test
  void theTestOfTheReleaseIsTakenAsRestricted() throws IOException {
    namespace("tested", "restricted");
    ensureAccount("tested");
    Chart.helm()
        .install()
        .withName("other")
        .withNamespace("tested")
        .withKubeConfig(server.kubeconfig())
        .set("agent.enabled", false)
        .set("crds.install", false)
        .set("uninstallGuard.enabled", false)
        .call();
    JsonNode hook = new StoredRelease(client, "tested").json("other").get("hooks").get(0);
    Helm.uninstall("other").withNamespace("tested").withKubeConfig(server.kubeconfig()).call();

    assertThat(hook.get("events").get(0).asText()).isEqualTo("test");
    assertThat(take(Chart.parse(hook.get("manifest").asText()).getFirst())).isNotNull();
  }

  @Test
  void theServerTakesTheExamplesThatAreKubernetesOwn() throws IOException {
    for (String file : List.of("quota/quota.yaml", "argocd/argocd-cm.yaml")) {
      for (HasMetadata object : Chart.parse(Files.readString(EXAMPLES.resolve(file)))) {
        object.getMetadata().setNamespace("default");
        assertThat(take(object)).isNotNull();
      }
    }
  }

  /**
   * This server is not told to allow privileged containers, as those of clusters are: of the init
   * container that is there when asked for, everything but that flag is checked.
   */
  private static void withoutPrivilege(HasMetadata object) {
    if (object instanceof DaemonSet agents) {
      agents
          .getSpec()
          .getTemplate()
          .getSpec()
          .getInitContainers()
          .forEach(it -> it.getSecurityContext().setPrivileged(null));
    }
  }

  private static HasMetadata take(HasMetadata object) {
    return client
        .resource(object)
        .dryRun()
        .fieldValidation(FieldValidateable.Validation.STRICT)
        .fieldManager("test")
        .forceConflicts()
        .serverSideApply();
  }

  @Test
  void survivesUpgradeAndUninstallationWithWhatTheUserMade() throws IOException {
    install();
    assertThat(operator().getSpec().getReplicas()).isEqualTo(1);
    String token = token();
    assertThat(token).hasSizeGreaterThan(60);
    HasMetadata base = base();

    Chart.helm()
        .upgrade()
        .withName(Chart.RELEASE)
        .withNamespace(Chart.NAMESPACE)
        .withKubeConfig(server.kubeconfig())
        .set("operator.replicas", 2)
        .call();
    assertThat(operator().getSpec().getReplicas()).isEqualTo(2);
    assertThat(token()).isEqualTo(token);

    assertThat(uninstall()).contains("kept due to the resource policy", "basevms.cloudlet.io");
    assertThat(client.resource(base).get()).isNotNull();
    assertThat(new Managed(client).names()).isEmpty();

    install();
    assertThat(client.resource(base).get().getMetadata().getUid())
        .isEqualTo(base.getMetadata().getUid());
    assertThat(uninstall()).contains("uninstalled");
  }

  @Test
  void isNotUninstalledWhenTheJobThatLooksForVmsFails() throws IOException {
    install();
    CompletableFuture<Void> some = new HookJob(client, "cloudlet-vms-left").fails();
    assertThatThrownBy(ChartIT::removed).hasMessageContaining("cloudlet-vms-left");
    some.join();
    assertThat(operator()).isNotNull();

    assertThat(uninstall()).contains("uninstalled");
    assertThat(new Managed(client).names()).isEmpty();
  }

  private static String uninstall() {
    CompletableFuture<Void> none = new HookJob(client, "cloudlet-vms-left").succeeds();
    String said = removed();
    none.join();
    return said;
  }

  private static String removed() {
    return Helm.uninstall(Chart.RELEASE)
        .withNamespace(Chart.NAMESPACE)
        .withKubeConfig(server.kubeconfig())
        .call();
  }

  private static void install() {
    String notes =
        Chart.helm()
            .install()
            .withName(Chart.RELEASE)
            .withNamespace(Chart.NAMESPACE)
            .withKubeConfig(server.kubeconfig())
            .call()
            .getOutput();
    assertThat(notes).contains("kubectl label node NAME cloudlet.io/agent=true", "Uninstalling");
  }

  private static HasMetadata base() throws IOException {
    String example = Files.readString(EXAMPLES.resolve("basevm-from-image.yaml"));
    BaseVM base = new KubernetesSerialization().unmarshal(example, BaseVM.class);
    base.getMetadata().setNamespace("default");
    return client.resource(base).create();
  }

  private static Deployment operator() {
    return Objects.requireNonNull(
        client
            .apps()
            .deployments()
            .inNamespace(Chart.NAMESPACE)
            .withName("cloudlet-operator")
            .get());
  }

  private static String token() {
    Secret secret =
        client.secrets().inNamespace(Chart.NAMESPACE).withName("cloudlet-agent-token").get();
    return Objects.requireNonNull(secret.getData().get("token"));
  }
}
