package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import io.cloudlet.sidecar.agent.vm.Owner;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmRecord;
import java.io.IOException;
import java.util.function.Function;

/** Looks at the disk and at the jobs. Thread-safe. */
final class SynthesisObserver {
  private final DataDirectory data;
  private final OwnedVms vms;
  private final FactFiles<SynthesisFacts> facts;
  private final SynthesisJobs jobs;
  private final Function<String, JobState> fetches;

  /**
   * Over a data directory.
   *
   * @param fetches how far the transfer of a base VM has come, by digest
   */
  SynthesisObserver(
      DataDirectory data,
      OwnedVms vms,
      FactFiles<SynthesisFacts> facts,
      SynthesisJobs jobs,
      Function<String, JobState> fetches) {
    this.data = data;
    this.vms = vms;
    this.facts = facts;
    this.jobs = jobs;
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
        vm == null ? Life.NONE : vms.lifeOf(vm),
        known,
        base,
        base != null && BaseStore.at(data.bases()).find(Digest.parse(base)).isPresent(),
        base == null ? new JobState.Absent() : fetches.apply(base),
        base == null ? look : start,
        jobs.state(synthesis, SynthesisJobs.PROBE),
        jobs.state(synthesis, SynthesisJobs.PORTS));
  }
}
