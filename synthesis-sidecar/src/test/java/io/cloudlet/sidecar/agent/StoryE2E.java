package io.cloudlet.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.BaseSource;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.Download;
import io.cloudlet.api.v1alpha1.ImageSource;
import io.cloudlet.api.v1alpha1.MachinePort;
import io.cloudlet.api.v1alpha1.MachineSpec;
import io.cloudlet.api.v1alpha1.Readiness;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.api.v1alpha1.WantedBase;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application's way from one node to another, by resources alone. */
@EnableKubeAPIServer
@NullUnmarked
class StoryE2E {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @KubeConfig static String kubeConfig;

  @TempDir Path folder;

  @AfterEach
  void endVms() throws IOException {
    for (String node : List.of("one", "two")) {
      if (Files.isDirectory(folder.resolve(node))) {
        DataDirectory data = DataDirectory.open(folder.resolve(node), "test");
        for (VmRecord vm : new VmRegistry(data).list()) {
          new VmLifecycle(data).remove(vm.name(), true);
        }
      }
    }
  }

  @Test
  void anApplicationGoesOnElsewhere() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "a-token-of-all-agents\n");
    try (TestCluster cluster = new TestCluster(kubeConfig);
        Agent one = agent("one", token, cluster);
        Agent two = agent("two", token, cluster)) {
      one.start();
      two.start();
      StandInOperator operator = new StandInOperator(cluster);
      BaseVMStatus base = makeBase(cluster, operator);

      Synthesis first = cluster.create(Specs.ofBase("small"), "first");
      operator.place(first, "one", base.digest());
      first = cluster.await(first, it -> it.getStatus().phase() == SynthesisPhase.READY);
      ApplicationState started = start(first);

      VMOverlay overlay = cluster.create(Specs.captureOf("first", AfterCapture.CONTINUE), "state");
      operator.place(overlay, "one");
      overlay = cluster.await(overlay, it -> it.getStatus().phase() == VMOverlayPhase.READY);
      VMOverlayStatus made = overlay.getStatus();
      assertThat(made.baseDigest()).isEqualTo(base.digest());
      assertThat(made.resumes()).isTrue();
      assertThat(made.pauseMillis()).isPositive();
      assertRunsOn(first, started);

      Synthesis second = cluster.create(Specs.ofOverlay("state", 8080), "second");
      operator.place(second, "two", base.digest(), made.digest(), made.url());
      cluster.await(second, it -> it.getStatus().phase() == SynthesisPhase.FETCHING);
      operator.want("two", new WantedBase(base.digest(), List.of(packageUrl(one, base))));
      second = cluster.await(second, it -> it.getStatus().phase() == SynthesisPhase.READY);
      assertThat(second.getStatus().timings().readyMillis()).isPositive();
      assertRunsOn(second, started);

      cluster.delete(second);
      cluster.delete(first);
      cluster.delete(overlay);
      assertThat(vms("one")).isEmpty();
      assertThat(vms("two")).isEmpty();
      assertThat(folder.resolve("one/overlays")).isEmptyDirectory();
    }
  }

  private static String packageUrl(Agent agent, BaseVMStatus base) {
    return agent.contentUrl() + "/v1/bases/" + Digest.parse(base.digest()).hex();
  }

  private BaseVMStatus makeBase(TestCluster cluster, StandInOperator operator) throws Exception {
    GuestImage guest = SmallGuest.build(SmallGuest.defaultCache(), BuildProgress.silent());
    Path files = Files.createDirectories(folder.resolve("www")).toRealPath();
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            files,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    try {
      BaseVM base = new BaseVM();
      base.setSpec(
          new BaseVMSpec(
              new BaseSource(
                  new ImageSource(
                      url(server, publish(guest.disk(), files)),
                      digest(guest.disk()),
                      download(server, guest.kernel(), files),
                      download(server, guest.initrd(), files),
                      guest.append()),
                  null,
                  null,
                  null),
              new MachineSpec(
                  1,
                  "qemu64",
                  new Quantity("256Mi"),
                  null,
                  null,
                  null,
                  null,
                  null,
                  List.of(new MachinePort(guest.port(), "http"))),
              new Readiness(guest.ready().pattern(), null, null, null, "5m"),
              false));
      base = cluster.create(base, "small");
      operator.place(base, "one");
      return cluster
          .await(
              base,
              it ->
                  it.getStatus().phase() == BaseVMPhase.READY
                      && it.getStatus().packageBytes() != null)
          .getStatus();
    } finally {
      server.stop(0);
    }
  }

  private static Download download(HttpServer server, Path file, Path www) throws Exception {
    return new Download(url(server, publish(file, www)), digest(file));
  }

  private static Path publish(Path file, Path www) throws IOException {
    return Files.copy(file, www.resolve(file.getFileName()));
  }

  private static String url(HttpServer server, Path file) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file.getFileName();
  }

  private static String digest(Path file) throws Exception {
    MessageDigest sha256 = Digest.newSha256();
    try (var in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 20];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
      }
    }
    return "sha256:" + HexFormat.of().formatHex(sha256.digest());
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

  private List<VmRecord> vms(String node) throws IOException {
    return new VmRegistry(DataDirectory.open(folder.resolve(node), "test")).list();
  }

  private Agent agent(String node, Path token, TestCluster cluster) throws IOException {
    return new Agent(
        AgentConfig.local(node, folder.resolve(node))
            .withAccelerator(Accelerator.TCG)
            .withNetwork(AgentNetwork.loopback(token)),
        cluster.client);
  }
}
