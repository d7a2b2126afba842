package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.cli.Size;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.standalone.cluster.NodeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The nodes that {@code up} shall have. */
final class UpOptions {
  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "What the node is called; otherwise like this machine.")
  private @Nullable String node;

  @Option(
      names = "--nodes",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description =
          "How many nodes this machine plays; the others are NAME-2 and so on, with data"
              + " directories of their own.")
  private int nodes;

  @Option(
      names = "--node-label",
      paramLabel = "KEY=VALUE",
      description = "A label that placements select the nodes by. Repeatable.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--cache-limit",
      paramLabel = "SIZE",
      description = "What the cache of a node may take; otherwise a share of the disk.")
  private @Nullable Size cacheLimit;

  @Option(
      names = "--accel",
      paramLabel = "tcg|kvm",
      description = "What runs guests; otherwise kvm where it works.")
  private @Nullable Accelerator accelerator;

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
    if (nodes < 1 || port < 0 || port + nodes > 65_536) {
      throw new IllegalArgumentException("--nodes has to be 1 or more, --port a port or 0");
    }
    List<NodeSettings> all = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      String name = i == 1 ? firstName() : firstName() + "-" + i;
      all.add(
          new NodeSettings(
              name,
              labels,
              i == 1 ? data : data.resolve("nodes").resolve(name),
              port == 0 ? 0 : port + i - 1,
              cacheLimit == null ? 0 : cacheLimit.bytes(),
              accelerator));
    }
    return all;
  }

  private String firstName() {
    return node != null ? node : HostName.asNodeName();
  }
}
