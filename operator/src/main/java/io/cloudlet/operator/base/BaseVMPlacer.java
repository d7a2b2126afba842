package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.BaseSource;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.MachineSpec;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.operator.capture.RunningSynthesis;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.placement.Assignment;
import io.cloudlet.operator.placement.Demand;
import io.cloudlet.operator.placement.Guests;
import io.cloudlet.operator.placement.Placer;
import io.cloudlet.operator.placement.Verdict;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import io.cloudlet.operator.status.Turn;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the node where a base VM is made, once; what an agent has begun stays. */
final class BaseVMPlacer {
  /** What the API server fills in where an image is booted without a machine. */
  private static final String USUAL_CPU_MODEL = "qemu64";

  private final Cluster cluster;
  private final Placer placer;
  private final RunningSynthesis running;

  BaseVMPlacer(Cluster cluster, Placer placer) {
    this.cluster = cluster;
    this.placer = placer;
    this.running = new RunningSynthesis(cluster);
  }

  Assignment assign(BaseVM base, BaseVMStatus now, Turn turn) {
    String node = now.node();
    if (node != null && (turn != Turn.OPERATOR || cluster.isAlive(node))) {
      return new Assignment.Settled(node);
    }
    return Assignment.of(find(base));
  }

  private Verdict find(BaseVM base) {
    BaseSource source = base.getSpec().source();
    ObjectRef synthesis = source.synthesisRef();
    if (synthesis != null) {
      return running.node(base.getMetadata().getNamespace(), synthesis);
    }
    if (source.virtualMachineRef() != null) {
      return new Verdict.Nowhere(
          new Problem(
              Reason.BACKEND_UNAVAILABLE,
              "VirtualMachines of KubeVirt cannot be captured here: use source.image,"
                  + " source.package or source.synthesisRef"));
    }
    if (source.exported() != null) {
      return placer.place(base, Demand.ANY.withCacheRoom().near(source.exported().digest(), null));
    }
    return placer.place(base, machine(base.getSpec().machine()));
  }

  private static Demand machine(@Nullable MachineSpec machine) {
    long bytes = Guests.bytes(machine);
    if (machine == null) {
      return Demand.ANY.machine(null, USUAL_CPU_MODEL, null, bytes);
    }
    String model = Objects.requireNonNullElse(machine.cpuModel(), USUAL_CPU_MODEL);
    return Demand.ANY.machine(machine.accelerator(), model, machine.machineType(), bytes);
  }
}
