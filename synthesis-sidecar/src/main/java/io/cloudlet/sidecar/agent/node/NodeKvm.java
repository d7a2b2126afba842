package io.cloudlet.sidecar.agent.node;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.sidecar.device.KvmHealth;
import io.cloudlet.sidecar.qemu.KvmDevice;
import java.io.IOException;

/**
 * KVM of a node: there as long as its device is, and running guests if that was found out, or said,
 * for this agent. Thread-safe.
 *
 * @param device as this machine has it now
 * @param abilities of the node
 */
public record NodeKvm(KvmDevice device, NodeAbilities abilities) implements KvmHealth {
  @Override
  public boolean runsGuests() throws IOException {
    return device.isPresent() && abilities.find().accelerators().contains(Accelerator.KVM);
  }
}
