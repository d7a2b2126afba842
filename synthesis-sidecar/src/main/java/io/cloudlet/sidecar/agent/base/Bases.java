package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.sidecar.agent.cache.BaseTransfer;
import io.cloudlet.sidecar.agent.cache.CacheLimit;
import io.cloudlet.sidecar.agent.cache.Copies;
import io.cloudlet.sidecar.agent.cache.Packages;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.control.StatusReport;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.node.NodeAbilities;
import io.cloudlet.sidecar.agent.orphan.Ward;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import io.cloudlet.sidecar.agent.vm.Qemu;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.store.HttpAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the controller of BaseVMs is made of.
 *
 * @param data of this node
 * @param qemu of this node
 * @param abilities of this node
 * @param access as whom to come to servers
 * @param packages of this node's base VMs
 * @param cache sizes
 * @param transfer imports packages
 * @param copies which base VMs are the agent's
 * @param placed the BaseVMs of this node
 * @param syntheses the Syntheses of this node
 * @param jobs of this agent
 * @param wanted base VMs that must not go to make room
 * @param changed hears of base VMs that have come or gone; returns at once
 * @param statuses writes events
 */
public record Bases(
    DataDirectory data,
    Qemu qemu,
    NodeAbilities abilities,
    HttpAccess access,
    Packages packages,
    CacheLimit cache,
    BaseTransfer transfer,
    Copies copies,
    Placed<BaseVM> placed,
    Placed<Synthesis> syntheses,
    Jobs jobs,
    Supplier<Set<Digest>> wanted,
    Runnable changed,
    StatusReport statuses) {
  /** The controller. */
  public BaseVMReconciler reconciler() throws IOException {
    FactFiles<BaseFacts> facts = facts();
    BaseJobs own = new BaseJobs(jobs, this::changed);
    OwnedVms vms = new OwnedVms(data);
    return new BaseVMReconciler(
        placed,
        new BaseObserver(data, packages, cache, vms, syntheses, facts, own),
        actor(facts),
        statuses);
  }

  private FactFiles<BaseFacts> facts() throws IOException {
    return FactFiles.in(data.root().resolve("agent").resolve("bases"), BaseFacts.class);
  }

  /** Whether a base VM has been made for a BaseVM of this node, which may not say so yet. */
  public boolean isMadeHere(Digest base) throws IOException {
    FactFiles<BaseFacts> facts = facts();
    for (String uid : facts.uids()) {
      if (facts.find(uid).filter(it -> it.digest().equals(base.toString())).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** What was made for BaseVMs. */
  public List<Ward> wards() throws IOException {
    FactFiles<BaseFacts> facts = facts();
    List<Ward> wards = new ArrayList<>();
    for (String uid : facts.uids()) {
      String[] object = facts.find(uid).map(it -> it.object().split("/", 2)).orElseThrow();
      wards.add(
          new Ward(
              "the claim to the base VM of " + String.join("/", object),
              BaseVM.class,
              object[0],
              object[1],
              uid,
              () -> facts.remove(uid)));
    }
    return wards;
  }

  private BaseActor actor(FactFiles<BaseFacts> facts) {
    BaseJobs own = new BaseJobs(jobs, this::changed);
    BaseWork work =
        new BaseWork(
            data,
            new ImageBoot(data, qemu, abilities, access),
            new PackageImport(data, access, transfer, wanted),
            copies,
            facts);
    return new BaseActor(packages, facts, own, work);
  }

  private void changed(BaseVM base) {
    placed.wake(base);
    changed.run();
  }
}
