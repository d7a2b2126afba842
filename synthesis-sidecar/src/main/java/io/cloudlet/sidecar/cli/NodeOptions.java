package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.machine.Accelerator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What a node is called, and what its agent may take: the same for all commands that run agents.
 */
public final class NodeOptions {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

  @Option(
      names = "--node",
      paramLabel = "NAME",
      defaultValue = "${env:CLOUDLET_NODE}",
      description = "Name of the node; otherwise $CLOUDLET_NODE, or the host's name.")
  private @Nullable String node;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label of the node for placements to select it by. Repeatable.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--cache-limit",
      paramLabel = "SIZE",
      description =
          "What base VMs and packages may take on a node, such as 20G; otherwise half of the disk.")
  private @Nullable Size cacheLimit;

  @Option(
      names = "--accel",
      paramLabel = "tcg|kvm",
      description = "What runs guests; otherwise kvm where it works.")
  private @Nullable Accelerator accelerator;

  /** The node's name, as Kubernetes allows it. */
  public String name() {
    String name = node == null ? HostName.asNodeName() : node;
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--node '"
              + name
              + "' is no name for a node: small letters, digits, '-' and '.', such as"
              + " edge-1");
    }
    return name;
  }

  /** The node's labels, as Kubernetes allows them. */
  public Map<String, String> labels() {
    labels.forEach((key, value) -> {
      String name = key.substring(key.indexOf('/') + 1);
      if (!isLabel(name) || !(value.isEmpty() || isLabel(value))) {
        throw new IllegalArgumentException(
            "--label '"
                + key
                + "="
                + value
                + "' is no label: key and value are letters, digits,"
                + " '-', '_' and '.', such as site=berlin");
      }
    });
    return labels;
  }

  private static boolean isLabel(String text) {
    return text.length() <= LONGEST_LABEL && LABEL.matcher(text).matches();
  }

  /** Bytes; 0 for a share of the disk. */
  public long cacheLimit() {
    return cacheLimit == null ? 0 : cacheLimit.bytes();
  }

  /** Null for what works. */
  public @Nullable Accelerator accelerator() {
    return accelerator;
  }
}
