package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.sidecar.agent.control.Retry;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import io.cloudlet.sidecar.agent.vm.Owner;
import io.cloudlet.sidecar.agent.vm.VmWatch;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.ForwardPorts;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.pod.PodPlace;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Begins what a step needs. Returns at once: the work itself is done by jobs. Thread-safe. */
final class SynthesisActor {
  private final DataDirectory data;
  private final OwnedVms vms;
  private final FactFiles<SynthesisFacts> facts;
  private final SynthesisJobs jobs;
  private final SynthesisWork work;
  private final VmWatch watch;
  private final Bystanders bystanders;

  SynthesisActor(
      DataDirectory data,
      OwnedVms vms,
      FactFiles<SynthesisFacts> facts,
      SynthesisJobs jobs,
      SynthesisWork work,
      VmWatch watch,
      Bystanders bystanders) {
    this.data = data;
    this.vms = vms;
    this.facts = facts;
    this.jobs = jobs;
    this.work = work;
    this.watch = watch;
    this.bystanders = bystanders;
  }

  void act(Synthesis synthesis, SynthesisSight seen, SynthesisStep step) {
    switch (step) {
      case SynthesisStep.Look(JobState state) when Retry.isDue(state) ->
          jobs.look(synthesis, progress -> work.look(synthesis, progress));
      case SynthesisStep.Start(String base, PodPlace place, JobState state)
          when Retry.isDue(state) ->
          jobs.start(synthesis, progress -> work.start(synthesis, base, place, progress));
      case SynthesisStep.Runs(VmRecord vm) -> attend(synthesis, seen, vm);
      case SynthesisStep.Look _,
          SynthesisStep.Start _,
          SynthesisStep.AwaitBaseVM _,
          SynthesisStep.AwaitBase _,
          SynthesisStep.AwaitPod _,
          SynthesisStep.Over _,
          SynthesisStep.Gone _,
          SynthesisStep.Leave _ -> {}
    }
  }

  private void attend(Synthesis synthesis, SynthesisSight seen, VmRecord vm) {
    watch.watch(vm, () -> jobs.wake(synthesis));
    bystanders.vmSeen(synthesis);
    if (seen.isPodEnding()) {
      shutDown(synthesis, vm, Objects.requireNonNull(seen.pod()));
      return;
    }
    forward(synthesis, seen, vm);
    Integer port = synthesis.getSpec().readyPort();
    if (port != null
        && guests(vm.ports()).contains(port)
        && !port.equals(seen.facts().answered())
        && Retry.isDue(jobs.state(synthesis, SynthesisJobs.PROBE))) {
      ReadyProbe probe = new ReadyProbe(data, facts);
      String uid = synthesis.getMetadata().getUid();
      jobs.probe(synthesis, progress -> probe.await(uid, vm, port, progress));
    }
  }

  /** Its node kills what is left of the pod after a while: the guest shall be done by then. */
  private void shutDown(Synthesis synthesis, VmRecord vm, VmPod pod) {
    if (Retry.isDue(jobs.state(synthesis, SynthesisJobs.POWER))) {
      jobs.power(synthesis, _ -> work.powerDown(synthesis, vm, pod));
    }
  }

  /** The ports of a running VM may change; those that nobody has named stay as they are. */
  private void forward(Synthesis synthesis, SynthesisSight seen, VmRecord vm) {
    List<Port> wanted = SynthesisWork.ports(synthesis);
    if (wanted != null && !guests(wanted).equals(guests(vm.ports())) && Retry.isDue(seen.ports())) {
      jobs.ports(synthesis, _ -> new ForwardPorts(data).run(vm.name(), wanted));
    }
  }

  private static Set<Integer> guests(List<Port> ports) {
    return ports.stream().map(Port::guest).collect(Collectors.toUnmodifiableSet());
  }

  /** Ends all that there is of a Synthesis; absent when nothing is left. */
  JobState remove(Synthesis synthesis) throws IOException {
    Owner owner = Owner.of(synthesis);
    boolean idle = jobs.cancel(synthesis);
    JobState removal = jobs.removal(synthesis);
    if (idle && vms.find(owner).isEmpty() && !removal.isUnderWay()) {
      jobs.forget(synthesis);
      facts.remove(owner.uid());
      bystanders.vmSeen(synthesis);
      return new JobState.Absent();
    }
    if (Retry.isDue(removal)) {
      jobs.remove(synthesis, _ -> end(owner));
    }
    return jobs.removal(synthesis) instanceof JobState.Absent
        ? new JobState.Waiting("the end of its jobs")
        : jobs.removal(synthesis);
  }

  private void end(Owner owner) throws IOException {
    if (vms.find(owner).isPresent()) {
      new VmLifecycle(data).remove(owner.vmName(), true);
    }
  }
}
