package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import io.cloudlet.sidecar.agent.vm.Owner;
import io.cloudlet.sidecar.agent.vm.VmPods;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmRecord;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks at the disk and at the jobs. Thread-safe. */
final class SynthesisObserver {
  /** What Kubernetes says of a container whose program ended without an error. */
  private static final String COMPLETED = "Completed";

  private final DataDirectory data;
  private final OwnedVms vms;
  private final FactFiles<SynthesisFacts> facts;
  private final SynthesisJobs jobs;
  private final @Nullable VmPods pods;
  private final Function<String, JobState> fetches;

  /**
   * Over a data directory.
   *
   * @param pods where the pods of VMs are; null where VMs are processes
   * @param fetches how far the transfer of a base VM has come, by digest
   */
  SynthesisObserver(
      DataDirectory data,
      OwnedVms vms,
      FactFiles<SynthesisFacts> facts,
      SynthesisJobs jobs,
      @Nullable VmPods pods,
      Function<String, JobState> fetches) {
    this.data = data;
    this.vms = vms;
    this.facts = facts;
    this.jobs = jobs;
    this.pods = pods;
    this.fetches = fetches;
  }

  SynthesisSight look(Synthesis synthesis, SynthesisStatus status) throws IOException {
    Owner owner = Owner.of(synthesis);
    SynthesisFacts known = facts.find(owner.uid()).orElse(SynthesisFacts.NONE);
    VmRecord vm = vms.find(owner).orElse(null);
    String base = status.baseDigest() == null ? known.baseDigest() : status.baseDigest();
    JobState start = jobs.state(synthesis, SynthesisJobs.START);
    JobState look = jobs.state(synthesis, SynthesisJobs.LOOK);
    return new SynthesisSight(
        vm,
        vm == null ? Life.NONE : lifeOf(vm, status.pod()),
        known,
        base,
        base != null && BaseStore.at(data.bases()).find(Digest.parse(base)).isPresent(),
        base == null ? new JobState.Absent() : fetches.apply(base),
        base == null ? look : start,
        jobs.state(synthesis, SynthesisJobs.PROBE),
        jobs.state(synthesis, SynthesisJobs.PORTS),
        pods != null,
        status.pod(),
        pods == null ? null : pods.place(status.pod()).orElse(null));
  }

  /** What a pod took with it, the operator may have seen: that it ended by itself, and well. */
  private Life lifeOf(VmRecord vm, @Nullable VmPod pod) throws IOException {
    Life life = vms.lifeOf(vm);
    if (life != Life.GONE_WITH_POD) {
      return life;
    }
    boolean well = pod != null && COMPLETED.equals(pod.reason());
    return well ? Life.SHUT_DOWN : Life.DIED;
  }
}
