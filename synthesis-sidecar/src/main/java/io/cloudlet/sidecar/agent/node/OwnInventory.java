package io.cloudlet.sidecar.agent.node;

import io.cloudlet.api.v1alpha1.CloudletNodeStatusBuilder;
import io.cloudlet.api.v1alpha1.VmsAs;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import java.io.IOException;
import java.util.Objects;

/** The agent, the machine, and how many VMs it has. */
public final class OwnInventory implements NodeInventory {
  private static final String UNPACKAGED = "unpackaged";

  private final long memoryBytes;
  private final boolean inPods;
  private final OwnedVms vms;

  /**
   * Of this machine.
   *
   * @param memoryBytes what guests may have; 0 for what the machine has, less a reserve
   * @param inPods whether VMs run in pods
   */
  public OwnInventory(long memoryBytes, boolean inPods, OwnedVms vms) {
    this.memoryBytes = memoryBytes;
    this.inPods = inPods;
    this.vms = vms;
  }

  @Override
  public void addTo(CloudletNodeStatusBuilder status) throws IOException {
    String version = OwnInventory.class.getPackage().getImplementationVersion();
    status
        .agentVersion(Objects.requireNonNullElse(version, UNPACKAGED))
        .cpus(Runtime.getRuntime().availableProcessors())
        .memoryBytes(memoryBytes > 0 ? memoryBytes : NodeMemory.forGuests())
        .vms(vms.count())
        .vmsAs(inPods ? VmsAs.PODS : VmsAs.PROCESSES);
  }
}
