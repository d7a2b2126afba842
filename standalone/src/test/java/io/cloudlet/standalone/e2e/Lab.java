package io.cloudlet.standalone.e2e;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** An API server, operator and agents over a folder, with what a test does to them and sees. */
final class Lab implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  final Server server;
  final KubernetesClient client;
  final Parts parts;
  final Resources resources;
  final Web web;
  final Watched watched;

  /** Starts API server and operator. */
  Lab(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    server = new Server(this.folder.resolve("kubernetes"));
    client = server.administrator();
    parts = new Parts(this.folder, server.install(client, this.folder));
    resources = new Resources(client, parts::logs);
    web = new Web(this.folder.resolve("www"), InetAddress.getLoopbackAddress());
    watched = new Watched(client, Resources.NAMESPACE);
  }

  /** Starts the agent of a node, which has a label {@code site} of the node's name. */
  void addNode(String node) throws IOException {
    parts.addAgent(node, data(node));
  }

  Story story() {
    return new Story(resources, web);
  }

  Path folder() {
    return folder;
  }

  /** The data directory of a node. */
  Path data(String node) {
    return folder.resolve("node-" + node);
  }

  Nodes nodes() {
    return new Nodes(this, parts.nodes());
  }

  /** Waits until VMs can be placed on a node. */
  void awaitNode(String node) {
    try {
      Awaitility.await("node " + node)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> isReady(client.resources(CloudletNode.class).withName(node).get()));
    } catch (ConditionTimeoutException e) {
      CloudletNode last = client.resources(CloudletNode.class).withName(node).get();
      throw new AssertionError("node " + node + " is " + last + "\n" + parts.logs(), e);
    }
  }

  private static boolean isReady(@Nullable CloudletNode node) {
    return node != null
        && node.getStatus() != null
        && Condition.isTrue(node.getStatus().conditions(), Condition.READY);
  }

  /** Ends everything properly, and finds nothing left of it. */
  void endCleanly() throws Exception {
    nodes().assertNothingLeft();
    parts.stop();
    nodes().assertNoProcess();
  }

  @Override
  public void close() throws IOException {
    watched.close();
    parts.close();
    nodes().endVms();
    client.close();
    server.close();
    web.close();
  }
}
