package io.cloudlet.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.StartMode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisSpec;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.Way;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Synthesis of a base VM that is on the node, on a real API server with a real QEMU. */
@EnableKubeAPIServer
@NullUnmarked
class SynthesisOfBaseIT {
  private static final String NODE = "node-one";

  @KubeConfig static String kubeConfig;

  @TempDir Path folder;
  private TestCluster cluster;
  private Path data;
  private Digest base;

  @BeforeEach
  void makeNode() throws IOException {
    cluster = new TestCluster(kubeConfig);
    data = folder.resolve("data");
    base = CounterBase.create(folder, data);
  }

  @AfterEach
  void endVms() throws IOException {
    DataDirectory directory = DataDirectory.open(data, "test");
    for (VmRecord vm : new VmRegistry(directory).list()) {
      new VmLifecycle(directory).remove(vm.name(), true);
    }
    cluster.close();
  }

  @Test
  void runsFoundAgainAfterARestartAndEndsWithItsObject() throws IOException {
    Synthesis counting = synthesis("counting");
    try (Agent agent = agent()) {
      agent.start();
      place(counting);
      Synthesis ready =
          cluster.await(counting, it -> it.getStatus().phase() == SynthesisPhase.READY);
      SynthesisStatus status = ready.getStatus();
      assertThat(Condition.isTrue(status.conditions(), Condition.READY)).isTrue();
      assertThat(status.way()).isEqualTo(Way.MAPPED);
      assertThat(status.timings().totalMillis()).isPositive();
      assertThat(status.addresses()).hasSize(1);
      assertThat(status.node()).isEqualTo(NODE);
      assertThat(ready.getMetadata().getFinalizers()).contains("cloudlet.io/agent");
      CloudletNode node = cluster.client.resources(CloudletNode.class).withName(NODE).get();
      assertThat(node.getMetadata().getLabels()).containsEntry("kubernetes.io/hostname", NODE);
      cluster.await(node, it -> it.getStatus().vms() == 1);
    }
    VmRecord vm = vms().getFirst();
    assertThat(vm.isAlive()).isTrue();
    try (Agent again = agent()) {
      again.start();
      ProcessHandle.of(vm.process().pid()).orElseThrow().destroyForcibly();
      Synthesis dead =
          cluster.await(counting, it -> it.getStatus().phase() == SynthesisPhase.FAILED);
      assertThat(dead.getStatus().error().reason()).isEqualTo("VmDied");
      cluster.delete(counting);
      assertThat(vms()).isEmpty();
    }
  }

  private List<VmRecord> vms() throws IOException {
    return new VmRegistry(DataDirectory.open(data, "test")).list();
  }

  private Agent agent() throws IOException {
    AgentConfig config = AgentConfig.local(NODE, data).withAccelerator(Accelerator.TCG);
    return new Agent(config, cluster.client);
  }

  private Synthesis synthesis(String name) {
    Synthesis synthesis = new Synthesis();
    synthesis.setSpec(
        new SynthesisSpec(
            new ObjectRef("counter"),
            null,
            null,
            null,
            null,
            StartMode.RESUME,
            true,
            List.of(),
            null));
    return cluster.create(synthesis, name);
  }

  private void place(Synthesis synthesis) {
    cluster.operatorSays(
        synthesis,
        new Synthesis(),
        new SynthesisStatusBuilder()
            .phase(SynthesisPhase.SCHEDULED)
            .node(NODE)
            .baseDigest(base.toString())
            .build());
  }
}
