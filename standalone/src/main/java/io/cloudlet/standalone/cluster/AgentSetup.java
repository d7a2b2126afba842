package io.cloudlet.standalone.cluster;

import io.cloudlet.sidecar.agent.AgentConfig;
import io.cloudlet.sidecar.agent.AgentNetwork;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.standalone.kubernetes.ServerPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** How the agent of a node on this machine is set up. */
record AgentSetup(NodeSettings node, AgentTokens tokens) {
  private static final String HOST = "127.0.0.1";

  AgentConfig config() throws IOException {
    AgentConfig usual = AgentConfig.local(node.name(), node.data());
    return new AgentConfig(
        node.name(),
        node.labels(),
        node.data(),
        usual.leaseNamespace(),
        usual.vmHost(),
        network(),
        node.cacheBytes(),
        usual.memoryBytes(),
        node.accelerator(),
        usual.qemu(),
        null);
  }

  private AgentNetwork network() throws IOException {
    return new AgentNetwork(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port()),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        HOST,
        tokens.prepared(),
        null);
  }

  /** The same one every time: statuses hold URLs with it. */
  private int port() throws IOException {
    return node.port() != 0
        ? node.port()
        : new ServerPort(Folders.create(node.data()).resolve("agent-port"), _ -> {}).choose();
  }
}
