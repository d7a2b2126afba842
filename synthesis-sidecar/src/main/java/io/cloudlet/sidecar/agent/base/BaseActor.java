package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.sidecar.agent.cache.Packages;
import io.cloudlet.sidecar.agent.control.Retry;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseInUseException;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.ResourceLock;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Begins what a step needs. Returns at once: the work itself is done by jobs. Thread-safe. */
record BaseActor(
    DataDirectory data,
    Packages packages,
    FactFiles<BaseFacts> facts,
    BaseJobs jobs,
    BaseWork work) {
  void act(BaseVM base, BaseSight seen, BaseStep step) {
    switch (step) {
      case BaseStep.Make(JobState state) when Retry.isDue(state) ->
          jobs.make(base, progress -> work.make(base, progress));
      case BaseStep.Promote(VmName vm, JobState state) when Retry.isDue(state) ->
          jobs.promote(base, vm, progress -> work.promote(base, vm, progress));
      case BaseStep.Done(String digest, _)
          when seen.packageBytes() == null && Retry.isDue(seen.export()) ->
          jobs.export(base, _ -> packages.make(Digest.parse(digest)));
      case BaseStep.Make _,
          BaseStep.Promote _,
          BaseStep.Done _,
          BaseStep.AwaitVm _,
          BaseStep.Refuse _,
          BaseStep.Leave _ -> {}
    }
  }

  /**
   * Removes all that there is of a BaseVM here.
   *
   * @return false while a job has to end first
   * @throws BaseInUseException naming the VMs that stand on it
   */
  boolean remove(BaseVM base) throws IOException {
    if (!jobs.cancel(base)) {
      return false;
    }
    remove(base.getMetadata().getUid());
    return true;
  }

  /** Removes what was made for a BaseVM that may be gone. */
  void remove(String uid) throws IOException {
    Optional<BaseFacts> known = facts.find(uid);
    if (known.isPresent() && !isShared(uid, known.get())) {
      removeFiles(Digest.parse(known.get().digest()));
    }
    facts.remove(uid);
  }

  /** Two BaseVMs may have been imported from the same package. */
  private boolean isShared(String uid, BaseFacts own) throws IOException {
    for (String other : facts.uids()) {
      if (!other.equals(uid)
          && facts.find(other).filter(it -> it.digest().equals(own.digest())).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void removeFiles(Digest digest) throws IOException {
    BaseStore store = BaseStore.at(data.bases());
    VmRegistry vms = new VmRegistry(data);
    try (ResourceLock _ = data.lockBases()) {
      Optional<BaseEntry> entry = store.find(digest);
      if (entry.isPresent()) {
        store.remove(
            entry.get(),
            it -> vms.usersOf(it.toString()).stream().map(name -> "VM " + name).toList());
      }
    }
    Files.deleteIfExists(packages.file(digest));
  }
}
