package io.cloudlet.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.api.v1alpha1.VmsAs;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.pod.StandInPod;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose VMs are in pods, of which it knows what the operator says; with a real QEMU. */
@EnableKubeAPIServer
@NullUnmarked
class PodAgentIT {
  private static final int PORT = 8080;

  @KubeConfig static String kubeConfig;

  @TempDir Path folder;
  private final List<StandInPod> pods = new ArrayList<>();
  private TestCluster cluster;
  private StandInOperator operator;
  private String node;
  private Path kubelet;
  private Digest base;
  private Agent agent;

  @BeforeEach
  void startAgent(TestInfo test) throws IOException {
    cluster = new TestCluster(kubeConfig);
    operator = new StandInOperator(cluster);
    node = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    kubelet = folder.resolve("kubelet");
    Files.createDirectories(kubelet.resolve("pods"));
    base = CounterBase.create(folder, folder.resolve("data"));
    agent = agent();
    agent.start();
  }

  @AfterEach
  void endVms() throws IOException {
    agent.close();
    for (VmRecord vm : vms()) {
      new VmLifecycle(data()).remove(vm.name(), true);
    }
    for (StandInPod pod : pods) {
      pod.close();
    }
    cluster.close();
  }

  @Test
  void waitsForThePodAndFindsItsVmAgain() throws Exception {
    Synthesis synthesis = cluster.create(Specs.ofBase("counter", PORT), node);
    operator.say(synthesis, node, base, null);
    cluster.await(synthesis, it -> reason(it).equals("WaitingForPod"));
    StandInPod pod = pod();
    operator.say(
        synthesis, node, base, pod.says(VmPodPhase.PENDING, "Unschedulable", "finds no room"));
    Synthesis waiting = cluster.await(synthesis, it -> reason(it).equals("Unschedulable"));
    assertThat(waiting.getStatus().error().message()).isEqualTo("pod pod-of-vm finds no room");
    assertThat(vms()).isEmpty();

    operator.say(synthesis, node, base, pod.says(VmPodPhase.RUNNING));
    Synthesis ready =
        cluster.await(synthesis, it -> it.getStatus().phase() == SynthesisPhase.READY);
    assertThat(ready.getStatus().error()).isNull();
    assertThat(ready.getStatus().addresses())
        .hasToString("[Address[guest=8080, host=127.0.0.1, port=8080]]");
    CloudletNode self = cluster.client.resources(CloudletNode.class).withName(node).get();
    cluster.await(self, it -> it.getStatus().vms() == 1);
    assertThat(cluster.now(self).getStatus().vmsAs()).isEqualTo(VmsAs.PODS);

    agent.close();
    agent = agent();
    agent.start();
    VMOverlay overlay = cluster.create(Specs.captureOf(node, AfterCapture.CONTINUE), node);
    operator.place(overlay, node);
    cluster.await(overlay, it -> it.getStatus().phase() == VMOverlayPhase.READY);
    cluster.delete(synthesis);
    assertThat(pod.exitCode()).isZero();
    assertThat(vms()).isEmpty();
    cluster.delete(overlay);
  }

  @Test
  void saysWhyAVmEndedWithItsPod() throws Exception {
    StandInPod pod = pod();
    Synthesis synthesis = running(pod);
    operator.say(
        synthesis,
        node,
        base,
        pod.says(VmPodPhase.ENDING, "EvictionByEvictionAPI", "has been told to end: drained"));
    cluster.await(synthesis, it -> reason(it).equals("PodEnding"));
    pod.terminate();
    // The guest that counts has no power button: the node kills what is left after a while.
    pod.killQemu();
    Synthesis ended =
        cluster.await(synthesis, it -> it.getStatus().phase() == SynthesisPhase.FAILED);
    assertThat(ended.getStatus().error().reason()).isEqualTo("EvictionByEvictionAPI");
    assertThat(ended.getStatus().error().message()).contains("drained");
    pod.close();
    operator.say(synthesis, node, base, pod.says(VmPodPhase.ENDED, "Error", "has ended badly"));
    cluster.delete(synthesis);
    assertThat(vms()).isEmpty();
  }

  @Test
  void noticesWhatNobodyTells() throws Exception {
    StandInPod pod = pod();
    Synthesis synthesis = running(pod);
    pod.killQemu();
    Synthesis dead =
        cluster.await(synthesis, it -> it.getStatus().phase() == SynthesisPhase.FAILED);
    assertThat(dead.getStatus().error().reason()).isEqualTo("VmDied");
    assertThat(dead.getStatus().error().message()).contains("kubectl logs");
    operator.say(synthesis, node, base, pod.says(VmPodPhase.ENDED, "OOMKilled", "has ended"));
    cluster.await(synthesis, it -> it.getStatus().error().reason().equals("OOMKilled"));
  }

  @Test
  void cannotWorkWithoutTheKubeletsFolder() throws Exception {
    agent.close();
    Files.move(kubelet, folder.resolve("elsewhere"));
    agent = agent();
    agent.start();
    CloudletNode self = cluster.client.resources(CloudletNode.class).withName(node).get();
    CloudletNode refusing =
        cluster.await(
            self,
            it ->
                Condition.find(it.getStatus().conditions(), Condition.READY)
                    .orElseThrow()
                    .reason()
                    .equals("KubeletMissing"));
    assertThat(refusing.getStatus().conditions())
        .anyMatch(it -> it.message().contains("--kubelet-root"));
  }

  private Synthesis running(StandInPod pod) {
    Synthesis synthesis = cluster.create(Specs.ofBase("counter", PORT), node);
    operator.say(synthesis, node, base, pod.says(VmPodPhase.RUNNING));
    return cluster.await(synthesis, it -> it.getStatus().phase() == SynthesisPhase.READY);
  }

  private static String reason(Synthesis synthesis) {
    return Condition.find(synthesis.getStatus().conditions(), Condition.READY)
        .orElseThrow()
        .reason();
  }

  private StandInPod pod() throws IOException {
    StandInPod pod = StandInPod.start(kubelet);
    pods.add(pod);
    return pod;
  }

  private DataDirectory data() throws IOException {
    return DataDirectory.open(folder.resolve("data"), "test");
  }

  private List<VmRecord> vms() throws IOException {
    return new VmRegistry(data()).list();
  }

  private Agent agent() throws IOException {
    AgentConfig config =
        AgentConfig.local(node, folder.resolve("data"))
            .withAccelerator(Accelerator.TCG)
            .withPods(StandInPod.pods(kubelet));
    return new Agent(config, cluster.client);
  }
}
