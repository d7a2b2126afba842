package io.cloudlet.operator.placement;

import java.util.List;

/** Whether the node's QEMU has the machine type. */
final class MachineTypeOffered implements NodeFilter {
  @Override
  public boolean fits(Demand demand, Candidate node) {
    String type = demand.machineType();
    return type == null || node.machineTypes().contains(type);
  }

  @Override
  public String because(Demand demand, List<Candidate> refused) {
    String type = String.valueOf(demand.machineType());
    return NodeFilter.verb(refused, "lacks", "lack") + " machine type " + type;
  }
}
