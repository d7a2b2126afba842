package io.cloudlet.operator.placement;

import io.cloudlet.api.v1alpha1.Accelerator;
import java.util.List;
import java.util.Locale;

/** Whether the node runs guests by what the state was captured under. */
final class AcceleratorOffered implements NodeFilter {
  @Override
  public boolean fits(Demand demand, Candidate node) {
    Accelerator wanted = demand.accelerator();
    return wanted == null || node.accelerators().contains(wanted);
  }

  @Override
  public String because(Demand demand, List<Candidate> refused) {
    String name = String.valueOf(demand.accelerator()).toLowerCase(Locale.ROOT);
    return NodeFilter.verb(refused, "lacks", "lack") + " accelerator " + name;
  }
}
