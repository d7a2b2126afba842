package io.cloudlet.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.BaseSource;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.ImageSource;
import io.cloudlet.api.v1alpha1.MachineSpec;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Readiness;
import io.cloudlet.api.v1alpha1.ServicePort;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisSpec;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.node.VmRegistry;
import io.cloudlet.sidecar.qemu.CounterGuest;
import io.cloudlet.sidecar.qemu.VmFiles;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What an agent does with what is wrong, changes, or has been interrupted; with a real QEMU. */
@EnableKubeAPIServer
@NullUnmarked
class AgentBehaviourIT {
  private static final String WRONG = "sha256:" + "ab".repeat(32);

  @KubeConfig static String kubeConfig;

  @TempDir Path folder;
  private TestCluster cluster;
  private StandInOperator operator;
  private String node;
  private Digest base;
  private Agent agent;

  @BeforeEach
  void startAgent(TestInfo test) throws IOException {
    cluster = new TestCluster(kubeConfig);
    operator = new StandInOperator(cluster);
    node = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
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
    cluster.close();
  }

  @Test
  void overlaysTellTheSameAfterARestartAndLeadToOtherVms() throws Exception {
    running("first");
    VMOverlay overlay = captured("first", "capture", AfterCapture.CONTINUE);
    VMOverlayStatus before = overlay.getStatus();
    agent.close();
    agent = agent();
    agent.start();
    cluster.await(overlay, it -> !it.getStatus().url().equals(before.url()));
    VMOverlayStatus after = cluster.now(overlay).getStatus();
    assertThat(after.digest()).isEqualTo(before.digest());
    assertThat(after.pauseMillis()).isEqualTo(before.pauseMillis());
    assertThat(after.pages()).isEqualTo(before.pages());

    assertRefusesAnotherDigest(after.url());
    assertFindsTheBase(after);
    assertRefusesAnotherBase(after);
    assertThat(get(agent.statusAddress().getPort(), "/metrics"))
        .contains("cloudlet_agent_jobs_seconds_count", "outcome=\"success\"");
    assertThat(get(agent.statusAddress().getPort(), "/readyz")).isEqualTo("ok\n");
  }

  private void assertRefusesAnotherDigest(String url) {
    VMOverlay wrong = cluster.create(Specs.at(url, WRONG), "wrong");
    operator.place(wrong, node);
    wrong = cluster.await(wrong, it -> it.getStatus().phase() == VMOverlayPhase.FAILED);
    assertThat(ready(wrong.getStatus().conditions()).reason()).isEqualTo("DigestMismatch");
    Synthesis synthesis = cluster.create(Specs.ofOverlay("wrong", 80), "wrong");
    operator.place(synthesis, node, base.toString(), WRONG, url);
    synthesis = cluster.await(synthesis, it -> it.getStatus().phase() == SynthesisPhase.FAILED);
    assertThat(synthesis.getStatus().error().reason()).isEqualTo("DigestMismatch");
    assertThat(synthesis.getStatus().error().message()).contains("correct the digest");
  }

  /** Nobody has said which base VM the overlay at a URL needs; and then, whose it is. */
  private void assertFindsTheBase(VMOverlayStatus overlay) throws IOException {
    Synthesis synthesis = cluster.create(Specs.ofUrl(overlay.url(), overlay.digest()), "found");
    operator.place(synthesis, node, null);
    cluster.await(synthesis, it -> base.toString().equals(it.getStatus().baseDigest()));
    operator.placeByUrl(synthesis, node, ConditionStatus.FALSE, "BaseNotFound");
    Synthesis waiting =
        cluster.await(
            synthesis, it -> ready(it.getStatus().conditions()).reason().equals("BaseNotFound"));
    assertThat(waiting.getStatus().error().message()).isEqualTo("create a BaseVM");
    assertThat(waiting.getStatus().conditions()).noneMatch(it -> it.reason().equals("Here"));
    assertThat(vms()).hasSize(1);
    operator.placeByUrl(synthesis, node, ConditionStatus.TRUE, "BaseFound");
    Synthesis ready =
        cluster.await(synthesis, it -> it.getStatus().phase() == SynthesisPhase.READY);
    assertThat(ready.getStatus().baseDigest()).isEqualTo(base.toString());
    cluster.delete(synthesis);
  }

  private void assertRefusesAnotherBase(VMOverlayStatus overlay) throws IOException {
    Digest other = CounterBase.create(folder, folder.resolve("data"), "other");
    Synthesis synthesis = cluster.create(Specs.ofOverlay("capture", 80), "other");
    operator.place(synthesis, node, other.toString(), overlay.digest(), overlay.url());
    Synthesis failed =
        cluster.await(synthesis, it -> it.getStatus().phase() == SynthesisPhase.FAILED);
    assertThat(failed.getStatus().error().reason()).isEqualTo("OtherBase");
  }

  @Test
  void capturesOfOneVmTakeTurnsAndTheLastMayStopIt() throws IOException {
    Synthesis first = running("turns");
    VMOverlay one = cluster.create(Specs.captureOf("turns", AfterCapture.CONTINUE), "one");
    VMOverlay two = cluster.create(Specs.captureOf("turns", AfterCapture.CONTINUE), "two");
    operator.place(one, node);
    operator.place(two, node);
    cluster.await(one, it -> it.getStatus().phase() == VMOverlayPhase.READY);
    cluster.await(two, it -> it.getStatus().phase() == VMOverlayPhase.READY);
    VmFiles files = new VmRegistry(data()).folder(vms().getFirst().name()).files();
    CounterGuest.awaitCounter(files, CounterGuest.counter(files) + 2);
    captured("turns", "last", AfterCapture.STOP);
    Synthesis stopped =
        cluster.await(first, it -> it.getStatus().phase() == SynthesisPhase.STOPPED);
    assertThat(ready(stopped.getStatus().conditions()).reason()).isEqualTo("Stopped");
    assertThat(vms().getFirst().isAlive()).isFalse();
  }

  @Test
  void portsOfARunningVmChange() throws IOException {
    Synthesis synthesis = running("ports");
    int before = vms().getFirst().ports().getFirst().host();
    synthesis = cluster.now(synthesis);
    SynthesisSpec old = synthesis.getSpec();
    synthesis.getMetadata().setManagedFields(null);
    synthesis.setSpec(
        new SynthesisSpec(
            old.baseRef(),
            null,
            null,
            null,
            null,
            old.start(),
            old.earlyStart(),
            List.of(new ServicePort(80, null, "a"), new ServicePort(81, null, "b")),
            null));
    synthesis = cluster.client.resource(synthesis).update();
    synthesis = cluster.await(synthesis, it -> it.getStatus().addresses().size() == 2);
    assertThat(synthesis.getStatus().addresses())
        .anyMatch(it -> it.guest() == 80 && it.port() == before)
        .anyMatch(it -> it.guest() == 81 && it.port() != before);
  }

  @Test
  void whatCannotBeHadIsTriedAgainAndSaidWhy() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + closed + "/x";
    VMOverlay overlay = cluster.create(Specs.at(url, WRONG), "unreachable");
    operator.place(overlay, node);
    overlay =
        cluster.await(
            overlay, it -> ready(it.getStatus().conditions()).reason().equals("Unreachable"));
    assertThat(overlay.getStatus().phase()).isEqualTo(VMOverlayPhase.FETCHING);
    VMOverlay waiting = cluster.create(Specs.captureOf("nobody", AfterCapture.CONTINUE), "waiting");
    operator.place(waiting, node);
    cluster.await(
        waiting, it -> ready(it.getStatus().conditions()).reason().equals("SynthesisNotRunning"));
    BaseVM unsupported = new BaseVM();
    unsupported.setSpec(
        new BaseVMSpec(
            new BaseSource(new ImageSource(url, WRONG, null, null, null), null, null, null),
            new MachineSpec(null, null, null, null, null, null, null, null, List.of()),
            new Readiness(null, null, true, null, "1m"),
            false));
    unsupported = cluster.create(unsupported, "unsupported");
    operator.place(unsupported, node);
    unsupported = cluster.await(unsupported, it -> it.getStatus().phase() == BaseVMPhase.FAILED);
    Condition said = ready(unsupported.getStatus().conditions());
    assertThat(said.reason()).isEqualTo("NotSupported");
    assertThat(said.message()).contains("use serial, tcp or delay instead");
    cluster.delete(overlay);
    cluster.delete(waiting);
    cluster.delete(unsupported);
  }

  @Test
  void whatBelongsToNobodyGoes() throws IOException {
    Synthesis synthesis = running("orphan");
    running("kept");
    agent.close();
    cluster
        .client
        .resource(cluster.now(synthesis))
        .edit(it -> {
          it.getMetadata().setFinalizers(List.of());
          return it;
        });
    cluster.delete(synthesis);
    assertThat(vms()).hasSize(2);
    agent = agent();
    agent.start();
    Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> vms().size() == 1);
    assertThat(vms().getFirst().owner()).contains("/kept/");
    assertThat(vms().getFirst().isAlive()).isTrue();
  }

  @Test
  void whatNobodyNamesIsRemovedOnceNothingUsesIt() throws IOException {
    running("vm");
    BaseVM promoted = new BaseVM();
    promoted.setSpec(
        new BaseVMSpec(new BaseSource(null, null, new ObjectRef("vm"), null), null, null, null));
    promoted = cluster.create(promoted, "promoted");
    operator.place(promoted, node);
    promoted = cluster.await(promoted, it -> it.getStatus().phase() == BaseVMPhase.READY);
    Digest made = Digest.parse(promoted.getStatus().digest());
    Synthesis user = cluster.create(Specs.ofBase("promoted"), "user");
    operator.place(user, node, made.toString());
    cluster.await(user, it -> it.getStatus().phase() == SynthesisPhase.READY);
    cluster.delete(promoted);
    operator.discard(node, made.toString(), base.toString());
    CloudletNode self = cluster.client.resources(CloudletNode.class).withName(node).get();
    cluster.await(
        self, it -> it.getMetadata().getGeneration().equals(it.getStatus().observedGeneration()));
    assertThat(data().bases().resolve(made.hex())).isDirectory();

    cluster.delete(user);

    cluster.await(
        self, it -> it.getStatus().bases().stream().noneMatch(now -> is(now.digest(), made)));
    assertThat(data().bases().resolve(made.hex())).doesNotExist();
    assertThat(data().packages().resolve(made.hex() + ".base")).doesNotExist();
    // Nobody has made that one for a BaseVM.
    assertThat(data().bases().resolve(base.hex())).isDirectory();
  }

  private static boolean is(String digest, Digest other) {
    return Digest.parse(digest).equals(other);
  }

  private Synthesis running(String name) {
    Synthesis synthesis = cluster.create(Specs.ofBase("counter"), name);
    operator.place(synthesis, node, base.toString());
    return cluster.await(synthesis, it -> it.getStatus().phase() == SynthesisPhase.READY);
  }

  private VMOverlay captured(String synthesis, String name, AfterCapture after) {
    VMOverlay overlay = cluster.create(Specs.captureOf(synthesis, after), name);
    operator.place(overlay, node);
    return cluster.await(overlay, it -> it.getStatus().phase() == VMOverlayPhase.READY);
  }

  private static Condition ready(List<Condition> conditions) {
    return Condition.find(conditions, Condition.READY).orElseThrow();
  }

  private static String get(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private DataDirectory data() throws IOException {
    return DataDirectory.open(folder.resolve("data"), "test");
  }

  private List<VmRecord> vms() throws IOException {
    return new VmRegistry(data()).list();
  }

  private Agent agent() throws IOException {
    AgentConfig config =
        AgentConfig.local(node, folder.resolve("data")).withAccelerator(Accelerator.TCG);
    return new Agent(config, cluster.client);
  }
}
