package io.cloudlet.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.DirectKernel;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.BaseRequest;
import io.cloudlet.sidecar.node.CreateBase;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.ReadyWhen;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.pod.StandInPod;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application's way from one pod to another, over a restart of the agent. */
@EnableKubeAPIServer
@NullUnmarked
class PodStoryE2E {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String NODE = "node";

  @KubeConfig static String kubeConfig;

  @TempDir Path folder;

  @AfterEach
  void endVms() throws IOException {
    for (VmRecord vm : vms()) {
      new VmLifecycle(data()).remove(vm.name(), true);
    }
  }

  @Test
  void anApplicationGoesOnInAnotherPod() throws Exception {
    Digest base = makeBase();
    Path kubelet = folder.resolve("kubelet");
    Files.createDirectories(kubelet.resolve("pods"));
    try (TestCluster cluster = new TestCluster(kubeConfig);
        StandInPod one = StandInPod.start(kubelet);
        StandInPod two = StandInPod.start(kubelet)) {
      StandInOperator operator = new StandInOperator(cluster);
      ApplicationState started;
      VMOverlay overlay;
      try (Agent agent = agent(cluster)) {
        agent.start();
        Synthesis first = cluster.create(Specs.ofBase("small"), "first");
        operator.say(first, NODE, base, one.says(VmPodPhase.RUNNING));
        first = cluster.await(first, it -> it.getStatus().phase() == SynthesisPhase.READY);
        started = start(first);
        overlay = cluster.create(Specs.captureOf("first", AfterCapture.CONTINUE), "state");
        operator.place(overlay, NODE);
        overlay = cluster.await(overlay, it -> it.getStatus().phase() == VMOverlayPhase.READY);
        assertThat(overlay.getStatus().pauseMillis()).isPositive();
        assertRunsOn(first, started);
        cluster.delete(first);
        assertThat(one.exitCode()).isZero();
      }
      Synthesis second = cluster.create(Specs.ofOverlay("state", 8080), "second");
      operator.say(second, NODE, base, overlay.getStatus(), two.says(VmPodPhase.RUNNING));
      try (Agent agent = agent(cluster)) {
        agent.start();
        second = cluster.await(second, it -> it.getStatus().phase() == SynthesisPhase.READY);
        assertThat(second.getStatus().timings().readyMillis()).isPositive();
      }
      assertRunsOn(second, started);
      try (Agent agent = agent(cluster)) {
        agent.start();
        assertRunsOn(second, started);
        cluster.delete(second);
        assertThat(two.exitCode()).isZero();
        cluster.delete(overlay);
        assertThat(vms()).isEmpty();
        assertThat(folder.resolve("data/overlays")).isEmptyDirectory();
      }
    }
  }

  private Digest makeBase() throws IOException {
    GuestImage guest = SmallGuest.build(SmallGuest.defaultCache(), BuildProgress.silent());
    QemuBinary qemu = QemuBinary.detect();
    Machine machine =
        new Machine(
            Machine.LAYOUT,
            qemu.version().machineType(),
            "qemu64",
            1,
            guest.memoryBytes(),
            Accelerator.TCG,
            List.of(new Port(0, guest.port())),
            new DirectKernel(true, guest.append()),
            true);
    BaseRequest request =
        new BaseRequest(
            new BaseName("small"),
            guest.disk(),
            machine,
            guest.kernel(),
            guest.initrd(),
            new ReadyWhen.ConsolePrints(guest.ready()),
            PATIENCE,
            false);
    return new CreateBase(data(), qemu, Progress.SILENT).run(request);
  }

  private static ApplicationState start(Synthesis synthesis) throws IOException {
    try (GuestApplication application = application(synthesis)) {
      application.start();
      return application.state();
    }
  }

  private static void assertRunsOn(Synthesis synthesis, ApplicationState before)
      throws IOException {
    try (GuestApplication application = application(synthesis)) {
      ApplicationState now = application.state();
      assertThat(now.isIntact()).isTrue();
      assertThat(now.bootId()).isEqualTo(before.bootId());
      assertThat(now.memoryChecksum()).isEqualTo(before.memoryChecksum());
      assertThat(now.counter()).isGreaterThanOrEqualTo(before.counter());
    }
  }

  private static GuestApplication application(Synthesis synthesis) throws IOException {
    int port = synthesis.getStatus().addresses().getFirst().port();
    GuestApplication application = new GuestApplication(port, PATIENCE);
    application.awaitPulse(PATIENCE);
    return application;
  }

  private DataDirectory data() throws IOException {
    return DataDirectory.open(folder.resolve("data"), "test");
  }

  private List<VmRecord> vms() throws IOException {
    return new VmRegistry(data()).list();
  }

  private Agent agent(TestCluster cluster) throws IOException {
    AgentConfig config =
        AgentConfig.local(NODE, folder.resolve("data"))
            .withAccelerator(Accelerator.TCG)
            .withPods(StandInPod.pods(folder.resolve("kubelet")));
    return new Agent(config, cluster.client);
  }
}
