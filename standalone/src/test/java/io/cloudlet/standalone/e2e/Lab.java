package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.standalone.cluster.TestAccounts;
import io.cloudlet.standalone.kubernetes.ApiServer;
import io.cloudlet.standalone.kubernetes.ProgramFinder;
import io.cloudlet.standalone.kubernetes.Programs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * An API server, the operator and the agents of nodes, each a process of its own, each with the
 * service account and the roles that are shipped.
 */
final class Lab implements AutoCloseable {
  static final String NAMESPACE = "default";
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Programs programs;
  private final Path token;
  private final TestAccounts accounts;
  private ApiServer server;
  final KubernetesClient client;
  final Web web;
  final Watched watched;
  final Part operator;
  private final Map<String, Part> agents = new LinkedHashMap<>();

  Lab(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    programs = new ProgramFinder(System.getenv(), Progress.SILENT, _ -> {}).find();
    server = ApiServer.start(this.folder.resolve("kubernetes"), programs, _ -> {});
    client = server.administrator();
    accounts = TestAccounts.install(server, client, this.folder);
    token = Files.writeString(this.folder.resolve("token"), "a-token-of-all-agents\n");
    web = new Web(this.folder.resolve("www"));
    watched = new Watched(client, NAMESPACE);
    operator =
        new Part(
                "operator",
                this.folder,
                Map.of(
                    "KUBECONFIG", accounts.operator().toString(),
                    "POD_NAMESPACE", "cloudlet-system",
                    "POD_NAME", "operator-0",
                    "CLOUDLET_PORT", "0"),
                "io.cloudlet.operator.Main")
            .start();
  }

  /** Starts the agent of a node, which has a label {@code site} of the node's name. */
  Part addNode(String node) throws IOException {
    Part agent =
        new Part(
            "agent-" + node,
            folder,
            Map.of("KUBECONFIG", accounts.agent().toString()),
            "io.cloudlet.sidecar.cli.Main",
            "--data",
            data(node).toString(),
            "agent",
            "--node=" + node,
            "--label=site=" + node,
            "--port=" + freePort(),
            "--status-port=0",
            "--token-file=" + token,
            "--accel=tcg",
            "--guest-memory=900M");
    agents.put(node, agent.start());
    return agent;
  }

  Path data(String node) {
    return folder.resolve("node-" + node);
  }

  Part agent(String node) {
    return Objects.requireNonNull(agents.get(node), node);
  }

  Nodes nodes() {
    return new Nodes(this, agents.keySet());
  }

  Path folder() {
    return folder;
  }

  /** Waits until VMs can be placed on a node. */
  void awaitNode(String node) {
    Awaitility.await("node " + node)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> isReady(client.resources(CloudletNode.class).withName(node).get()));
  }

  private static boolean isReady(@Nullable CloudletNode node) {
    return node != null
        && node.getStatus() != null
        && Condition.isTrue(node.getStatus().conditions(), Condition.READY);
  }

  /** The same port every time: statuses hold URLs with it. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Creates what people write. */
  <P extends HasMetadata> P create(Class<P> kind, String yaml) {
    return create(NAMESPACE, kind, yaml);
  }

  /** Creates what people write, in a namespace that there is. */
  <P extends HasMetadata> P create(String namespace, Class<P> kind, String yaml) {
    P object = Serialization.unmarshal(yaml, kind);
    object.getMetadata().setNamespace(namespace);
    return client.resource(object).create();
  }

  void createNamespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  /** The object as it is now; null when it is gone. */
  <P extends HasMetadata> @Nullable P find(P object) {
    return client.resource(object).get();
  }

  /** Waits until the object is as it shall be. */
  <P extends HasMetadata> P await(P object, String phase) {
    return await(object, phase, it -> Sighting.of(it).phase().equals(phase));
  }

  /** Waits until the object is as it shall be. */
  <P extends HasMetadata> P await(P object, String what, Predicate<P> state) {
    P[] last = newArray(object);
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .ignoreExceptions()
          .until(() -> {
            P now = Objects.requireNonNull(find(object));
            last[0] = now;
            return state.test(now);
          });
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError(
          "waited for " + what + ", and it is " + Sighting.of(last[0]) + "\n" + logs(), e);
    }
    return last[0];
  }

  @SuppressWarnings("unchecked") // It holds nothing but what is of that type.
  private static <P extends HasMetadata> P[] newArray(P object) {
    P[] array = (P[]) java.lang.reflect.Array.newInstance(object.getClass(), 1);
    array[0] = object;
    return array;
  }

  /** Asks for its deletion. */
  void delete(HasMetadata object) {
    client.resource(object).delete();
  }

  /** Deletes it, once the operator has seen that nothing uses it any more. */
  void deleteUnused(HasMetadata object) {
    Awaitility.await(object.getMetadata().getName() + " can be deleted")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .until(() -> {
          delete(object);
          return true;
        });
    awaitGone(object);
  }

  void awaitGone(HasMetadata object) {
    try {
      Awaitility.await(object.getKind() + " " + object.getMetadata().getName() + " is gone")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .ignoreExceptions()
          .until(() -> find(object) == null);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError("still there: " + find(object) + "\n" + logs(), e);
    }
  }

  /** Kills API server and etcd, and starts them again over what they have kept. */
  void restartApiServer(Duration pause) throws IOException, InterruptedException {
    killApiServer();
    Thread.sleep(pause);
    startApiServer();
  }

  void killApiServer() {
    ProcessHandle.current()
        .children()
        .filter(it -> it.info().command().orElse("").matches(".*/(etcd|kube-apiserver)"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  void startApiServer() throws IOException {
    server.close();
    server = ApiServer.start(folder.resolve("kubernetes"), programs, _ -> {});
  }

  /** The end of what everybody has logged, for whoever has to find out what went wrong. */
  String logs() {
    StringBuilder all = new StringBuilder();
    for (Part part : parts()) {
      String log = part.log();
      all.append("---- ").append(part).append('\n');
      all.append(log.substring(Math.max(0, log.length() - 6000))).append('\n');
    }
    return all.toString();
  }

  Iterable<Part> parts() {
    var all = new java.util.ArrayList<>(agents.values());
    all.add(operator);
    return all;
  }

  /** Ends everything properly, and finds nothing left of it. */
  void endCleanly() throws Exception {
    nodes().assertNothingLeft();
    for (Part part : parts()) {
      part.stop();
    }
    nodes().assertNoProcess();
    assertThat(operator.isAlive()).isFalse();
  }

  @Override
  public void close() throws IOException {
    watched.close();
    for (Part part : parts()) {
      part.close();
    }
    nodes().endVms();
    client.close();
    server.close();
    web.close();
  }
}
