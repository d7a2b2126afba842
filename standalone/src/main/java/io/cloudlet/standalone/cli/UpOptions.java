package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.cli.NodeOptions;
import io.cloudlet.standalone.cluster.NodeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The nodes that {@code up} shall have. */
final class UpOptions {
  private static final int PORTS = 65_536;

  @Mixin private NodeOptions each = new NodeOptions();

  @Option(
      names = "--nodes",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description =
          "How many nodes this machine plays, 1 if not said; the others are NAME-2 and so on, with data"
              + " directories of their own.")
  private int nodes;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "Where the agent serves overlays and packages, and the next nodes on the next ports;"
              + " otherwise free ports, which are kept.")
  private int port;

  /**
   * The nodes.
   *
   * @param data the first one's data directory
   */
  List<NodeSettings> nodes(Path data) {
    if (nodes < 1) {
      throw new IllegalArgumentException("--nodes is 1 or more, not " + nodes);
    }
    if (port < 0 || port + nodes > PORTS) {
      throw new IllegalArgumentException(
          "--port is 0, or leaves a port below " + PORTS + " for each node, not " + port);
    }
    String first = each.name();
    List<NodeSettings> all = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      String name = i == 1 ? first : first + "-" + i;
      all.add(
          new NodeSettings(
              name,
              each.labels(),
              i == 1 ? data : data.resolve("nodes").resolve(name),
              port == 0 ? 0 : port + i - 1,
              each.cacheLimit(),
              each.accelerator()));
    }
    return all;
  }
}
