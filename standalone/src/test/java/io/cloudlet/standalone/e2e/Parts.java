package io.cloudlet.standalone.e2e;

import static java.util.Objects.requireNonNull;

import io.cloudlet.standalone.cluster.TestAccounts;
import io.cloudlet.standalone.kubernetes.ServerPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operator and the agents of nodes, each a process of its own with the account shipped. */
final class Parts implements AutoCloseable {
  private static final int LOG_CHARACTERS = 6000;

  /** Less than the disk has: nodes of one disk have the same room, and the first name is chosen. */
  private static final String CACHE = "4G";

  private final Path folder;
  private final TestAccounts accounts;
  private final Path token;
  private final Part operator;
  private final Map<String, Part> agents = new LinkedHashMap<>();

  /** Starts the operator. */
  Parts(Path folder, TestAccounts accounts) throws IOException {
    this.folder = folder;
    this.accounts = accounts;
    token = Files.writeString(folder.resolve("token"), "a-token-of-all-agents\n");
    operator =
        new Part(
                "operator",
                folder,
                Map.of(
                    "KUBECONFIG", accounts.operator().toString(),
                    "POD_NAMESPACE", "cloudlet-system",
                    "POD_NAME", "operator-0",
                    "CLOUDLET_PORT", "0"),
                "io.cloudlet.operator.Main")
            .start();
  }

  /** Starts the agent of a node, which has a label {@code site} of the node's name. */
  void addAgent(String node, Path data) throws IOException {
    Part agent =
        new Part(
            "agent-" + node,
            folder,
            Map.of("KUBECONFIG", accounts.agent().toString()),
            "io.cloudlet.sidecar.cli.Main",
            "--data",
            data.toString(),
            "agent",
            "--node=" + node,
            "--label=site=" + node,
            "--port=" + port(node),
            "--status-port=0",
            "--token-file=" + token,
            "--accel=tcg",
            "--cache-limit=" + CACHE,
            "--guest-memory=900M");
    agents.put(node, agent.start());
  }

  /**
   * The same port every time, as statuses hold URLs with it; and none that the kernel gives away to
   * somebody's connection before the agent has come to listen.
   */
  private int port(String node) throws IOException {
    return new ServerPort(folder.resolve("port-" + node), _ -> {}).choose();
  }

  Part operator() {
    return operator;
  }

  Part agent(String node) {
    return requireNonNull(agents.get(node), node);
  }

  /** The nodes that have an agent. */
  Set<String> nodes() {
    return agents.keySet();
  }

  /** Everybody, agents first. */
  List<Part> all() {
    List<Part> all = new ArrayList<>(agents.values());
    all.add(operator);
    return all;
  }

  /** The end of what everybody has logged, for whoever has to find out what went wrong. */
  String logs() {
    StringBuilder logs = new StringBuilder();
    for (Part part : all()) {
      String log = part.log();
      logs.append("---- ").append(part).append('\n');
      logs.append(log.substring(Math.max(0, log.length() - LOG_CHARACTERS))).append('\n');
    }
    return logs.toString();
  }

  /** Stops everybody; returns when nobody runs. */
  void freeze() {
    all().forEach(Part::freeze);
  }

  /** Lets everybody run on who is alive. */
  void thaw() {
    all().forEach(Part::thaw);
  }

  /** Ends everybody as a kubelet does. */
  void stop() throws InterruptedException {
    for (Part part : all()) {
      part.stop();
    }
  }

  @Override
  public void close() {
    all().forEach(Part::close);
  }
}
