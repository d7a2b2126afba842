package io.cloudlet.operator.pod;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.MachineStatus;
import io.cloudlet.api.vm.VmMemory;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the pod of a machine asks for, and what it may have: the same, so that nothing of a VM is
 * taken away while others need more than they have asked for. The threads of QEMU that do not run
 * the guest are idle most of the time and share its CPUs.
 */
final class PodResources {
  /** What the device plugin of the agent offers to the kubelet. */
  static final String KVM = "cloudlet.io/kvm";

  private static final long MIB = 1L << 20;

  private PodResources() {}

  static ResourceRequirements of(MachineStatus machine) {
    Map<String, Quantity> amounts = new TreeMap<>();
    amounts.put("cpu", new Quantity(Integer.toString(machine.cpus())));
    amounts.put("memory", new Quantity(Math.ceilDiv(VmMemory.totalBytes(machine), MIB) + "Mi"));
    if (machine.accelerator() == Accelerator.KVM) {
      amounts.put(KVM, new Quantity("1"));
    }
    return new ResourceRequirementsBuilder().withRequests(amounts).withLimits(amounts).build();
  }
}
