package io.cloudlet.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.BaseSource;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.testing.Grants;
import io.cloudlet.testing.RequestLog;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the agents' roles are what an agent needs: all of it, and nothing else. */
@EnableKubeAPIServer
@NullUnmarked
class AgentPermissionsIT {
  private static final String NODE = "restricted";

  /** Whether an event comes twice is chance; EventRecorder reads and patches it then. */
  private static final Set<String> BY_CHANCE =
      Set.of("get events.events.k8s.io", "patch events.events.k8s.io");

  private static final Path ROLES = Path.of("..", "helm", "cloudlet", "rbac", "agent.yaml");

  @KubeConfig static String kubeConfig;

  @TempDir Path folder;

  private final RequestLog log = new RequestLog();

  @Test
  void whatTheRolesGrantIsWhatAnAgentDoes() throws IOException {
    try (TestCluster cluster = new TestCluster(kubeConfig);
        InputStream file = Files.newInputStream(ROLES);
        KubernetesClient restricted = log.client(kubeConfig, "cloudlet-agent")) {
      List<HasMetadata> roles = cluster.client.load(file).serverSideApply();
      live(cluster, restricted);

      assertThat(log.refused()).isEmpty();
      Set<String> used = log.permissions();
      used.addAll(BY_CHANCE);
      assertThat(used).isEqualTo(new Grants(roles).permissions());
    }
  }

  /** Everything that an agent ever does: making, and ending what others have let go meanwhile. */
  private void live(TestCluster cluster, KubernetesClient restricted) throws IOException {
    StandInOperator operator = new StandInOperator(cluster);
    Digest base = CounterBase.create(folder, folder.resolve("data"));
    Synthesis synthesis;
    VMOverlay overlay;
    BaseVM promoted;
    try (Agent agent = agent(restricted)) {
      agent.start();
      synthesis = cluster.create(Specs.ofBase("counter"), "vm");
      operator.place(synthesis, NODE, base.toString());
      synthesis = cluster.await(synthesis, it -> it.getStatus().phase() == SynthesisPhase.READY);
      overlay = cluster.create(Specs.captureOf("vm", AfterCapture.CONTINUE), "overlay");
      operator.place(overlay, NODE);
      overlay = cluster.await(overlay, it -> it.getStatus().phase() == VMOverlayPhase.READY);
      promoted = cluster.create(promotionOf("vm"), "promoted");
      operator.place(promoted, NODE);
      promoted = cluster.await(promoted, it -> it.getStatus().phase() == BaseVMPhase.READY);
    }
    for (HasMetadata object : List.of(synthesis, overlay, promoted)) {
      letGo(cluster, object);
    }
    try (Agent agent = agent(restricted)) {
      agent.start();
      VmRegistry registry = new VmRegistry(DataDirectory.open(folder.resolve("data"), "test"));
      Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> registry.list().isEmpty());
      Awaitility.await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> log.permissions().contains("get basevms.cloudlet.io"));
    }
  }

  private static BaseVM promotionOf(String synthesis) {
    BaseVM base = new BaseVM();
    base.setSpec(
        new BaseVMSpec(
            new BaseSource(null, null, new ObjectRef(synthesis), null), null, null, null));
    return base;
  }

  private static void letGo(TestCluster cluster, HasMetadata object) {
    cluster
        .client
        .resource(cluster.now(object))
        .edit(it -> {
          it.getMetadata().setFinalizers(List.of());
          return it;
        });
    cluster.delete(object);
  }

  private Agent agent(KubernetesClient restricted) throws IOException {
    return new Agent(
        AgentConfig.local(NODE, folder.resolve("data")).withAccelerator(Accelerator.TCG),
        restricted);
  }
}
