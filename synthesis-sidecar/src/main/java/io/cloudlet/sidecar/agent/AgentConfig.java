package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.vm.VmPods;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is set up.
 *
 * @param node name of this node
 * @param labels what placement may select the node by, beside its name
 * @param data its data directory, which no other agent has; made when missing
 * @param leaseNamespace where the agents' leases are
 * @param vmHost address or name under which the ports of VMs can be reached
 * @param network how the agent itself can be reached
 * @param cacheBytes what base VMs, packages and prepared starts may take together; 0 for a share of
 *     the disk
 * @param memoryBytes what guests may have together; 0 for what the machine has, less a reserve
 * @param accelerator what runs guests; null for what works
 * @param qemu path or name of QEMU's program
 * @param pods where the pods are in which VMs run; null: they are processes of this machine
 */
public record AgentConfig(
    String node,
    Map<String, String> labels,
    Path data,
    String leaseNamespace,
    String vmHost,
    AgentNetwork network,
    long cacheBytes,
    long memoryBytes,
    @Nullable Accelerator accelerator,
    String qemu,
    @Nullable VmPods pods) {
  /** Where leases are when nobody says otherwise. */
  public static final String DEFAULT_NAMESPACE = "cloudlet-system";

  /** Takes a copy of the labels. */
  public AgentConfig {
    labels = Map.copyOf(labels);
  }

  /** An agent for this machine alone, with defaults. */
  public static AgentConfig local(String node, Path data) {
    return new AgentConfig(
        node,
        Map.of(),
        data,
        DEFAULT_NAMESPACE,
        "127.0.0.1",
        AgentNetwork.LOOPBACK,
        0,
        0,
        null,
        System.getenv().getOrDefault(QemuBinary.VARIABLE, QemuBinary.DEFAULT_COMMAND),
        null);
  }

  /** The same with VMs in pods. */
  public AgentConfig withPods(VmPods others) {
    return new AgentConfig(
        node,
        labels,
        data,
        leaseNamespace,
        vmHost,
        network,
        cacheBytes,
        memoryBytes,
        accelerator,
        qemu,
        others);
  }

  /** The same with other labels. */
  public AgentConfig withLabels(Map<String, String> others) {
    return new AgentConfig(
        node,
        others,
        data,
        leaseNamespace,
        vmHost,
        network,
        cacheBytes,
        memoryBytes,
        accelerator,
        qemu,
        pods);
  }

  /** The same behind another network. */
  public AgentConfig withNetwork(AgentNetwork other) {
    return new AgentConfig(
        node,
        labels,
        data,
        leaseNamespace,
        vmHost,
        other,
        cacheBytes,
        memoryBytes,
        accelerator,
        qemu,
        pods);
  }

  /** The same with guests run by something else. */
  public AgentConfig withAccelerator(@Nullable Accelerator other) {
    return new AgentConfig(
        node,
        labels,
        data,
        leaseNamespace,
        vmHost,
        network,
        cacheBytes,
        memoryBytes,
        other,
        qemu,
        pods);
  }
}
