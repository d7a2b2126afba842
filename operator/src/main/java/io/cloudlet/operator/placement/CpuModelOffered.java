package io.cloudlet.operator.placement;

import java.util.List;

/** Whether guests of the node can have the CPU model. */
final class CpuModelOffered implements NodeFilter {
  @Override
  public boolean fits(Demand demand, Candidate node) {
    String model = demand.cpuModel();
    return model == null || node.cpuModels().contains(name(model));
  }

  @Override
  public String because(Demand demand, List<Candidate> refused) {
    String model = name(String.valueOf(demand.cpuModel()));
    return NodeFilter.verb(refused, "lacks", "lack") + " CPU model " + model;
  }

  /** Features follow the name after a comma; agents report names only. */
  private static String name(String model) {
    int comma = model.indexOf(',');
    return comma < 0 ? model : model.substring(0, comma);
  }
}
