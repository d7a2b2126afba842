package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.control.StatusReport;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.orphan.Ward;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import io.cloudlet.sidecar.agent.vm.Owner;
import io.cloudlet.sidecar.agent.vm.Qemu;
import io.cloudlet.sidecar.agent.vm.VmPods;
import io.cloudlet.sidecar.agent.vm.VmWatch;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmLifecycle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the controller of Syntheses is made of.
 *
 * @param data of this node
 * @param qemu of this node
 * @param placed the Syntheses of this node
 * @param jobs of this agent
 * @param overlays where overlays are
 * @param machines which machines can run here
 * @param fetches how far the transfer of a base VM has come, by digest
 * @param bystanders hear of VMs
 * @param statuses writes events
 * @param host where the forwarded ports of VMs can be reached
 * @param pods where the pods of VMs are; null where VMs are processes
 * @param cache prepares the next start of an overlay
 */
public record Syntheses(
    DataDirectory data,
    Qemu qemu,
    Placed<Synthesis> placed,
    Jobs jobs,
    OverlayPlaces overlays,
    MachineCheck machines,
    Function<String, JobState> fetches,
    Bystanders bystanders,
    StatusReport statuses,
    String host,
    @Nullable VmPods pods,
    NextStart cache) {
  private static final String[] NOBODY = {};

  /** The controller. */
  public SynthesisReconciler reconciler() throws IOException {
    FactFiles<SynthesisFacts> facts = facts();
    OwnedVms vms = new OwnedVms(data);
    SynthesisJobs own = new SynthesisJobs(jobs, placed);
    SynthesisWork work = new SynthesisWork(data, qemu, overlays, machines, cache, facts);
    return new SynthesisReconciler(
        placed,
        new SynthesisObserver(data, vms, facts, own, pods, fetches),
        new SynthesisActor(data, vms, facts, own, work, new VmWatch(), bystanders),
        new SynthesisReport(host),
        statuses);
  }

  private FactFiles<SynthesisFacts> facts() throws IOException {
    return FactFiles.in(data.root().resolve("agent").resolve("syntheses"), SynthesisFacts.class);
  }

  /** The VMs that were made for Syntheses, and what is known of Syntheses without one. */
  public List<Ward> wards() throws IOException {
    FactFiles<SynthesisFacts> facts = facts();
    List<Ward> wards = new ArrayList<>();
    Map<String, Owner> vms = new OwnedVms(data).all();
    vms.forEach((vm, owner) -> wards.add(ward("VM " + vm, owner, () -> end(owner, facts))));
    Set<String> owners = vms.values().stream().map(Owner::uid).collect(Collectors.toSet());
    for (String uid : facts.uids()) {
      String[] object =
          facts.find(uid).map(SynthesisFacts::object).map(it -> it.split("/", 2)).orElse(NOBODY);
      if (object.length == 2 && !owners.contains(uid)) {
        Owner owner = new Owner(object[0], object[1], uid);
        wards.add(ward("what is known of a Synthesis", owner, () -> facts.remove(uid)));
      }
    }
    return wards;
  }

  private static Ward ward(String what, Owner owner, Ward.End end) {
    return new Ward(what, Synthesis.class, owner.namespace(), owner.name(), owner.uid(), end);
  }

  private void end(Owner owner, FactFiles<SynthesisFacts> facts) throws IOException {
    new VmLifecycle(data).remove(owner.vmName(), true);
    facts.remove(owner.uid());
  }
}
