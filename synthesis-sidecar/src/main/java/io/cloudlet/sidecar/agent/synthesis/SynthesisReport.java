package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Address;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.Failure;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.sidecar.agent.control.Amounts;
import io.cloudlet.sidecar.agent.control.Conditions;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.pod.PodPlace;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agent's part of the status of a Synthesis.
 *
 * @param host where the forwarded ports of VMs that are no pods can be reached
 */
record SynthesisReport(String host) {
  private static final String BASE = "BaseAvailable";
  private static final String RUNNING = "Running";
  private static final String PORTS = "PortsForwarded";
  private static final String NOT_FOUND = "BaseNotFound";
  private static final Set<String> OWN = Set.of(BASE, RUNNING, PORTS, Condition.READY);

  /** What the agent has said until now. */
  static SynthesisStatus ownPart(SynthesisStatus status, SynthesisSight seen) {
    return new SynthesisStatusBuilder(status)
        .conditions(status.conditions().stream().filter(it -> OWN.contains(it.type())).toList())
        .node(null)
        .baseDigest(seen.facts().baseDigest() == null ? null : status.baseDigest())
        .overlayDigest(null)
        .overlayUrl(null)
        .machine(null)
        .pod(null)
        .build();
  }

  /** What it says now. */
  SynthesisStatus of(
      Synthesis synthesis, SynthesisStatus before, SynthesisSight seen, SynthesisStep step) {
    Long generation = synthesis.getMetadata().getGeneration();
    Conditions conditions = new Conditions(generation, before.conditions());
    SynthesisStatusBuilder status =
        new SynthesisStatusBuilder()
            .observedGeneration(generation)
            .baseDigest(seen.facts().baseDigest())
            .way(seen.facts().way())
            .timings(seen.facts().timings());
    switch (step) {
      case SynthesisStep.Leave _ -> {
        return ownPart(before, seen);
      }
      case SynthesisStep.Runs(VmRecord vm) -> runs(synthesis, seen, vm, status, conditions);
      case SynthesisStep.Over(VmRecord vm, Life life) ->
          over(vm, VmEnd.of(vm, life, seen), status, conditions);
      case SynthesisStep.Gone _ -> {
        status.vm(before.vm());
        failed(GONE, status, conditions);
      }
      case SynthesisStep.Look(JobState job) ->
          working(SynthesisPhase.FETCHING, "LookingAtOverlay", job, status, conditions);
      case SynthesisStep.AwaitBaseVM(String base, Condition said) ->
          withoutBaseVM(base, said, status, conditions);
      case SynthesisStep.AwaitBase(String base, JobState fetch) -> {
        String words = awaited(base, fetch);
        conditions.fails(BASE, fetch.isUnderWay() ? "Fetching" : reason(fetch), words);
        waiting(fetch, words, status, conditions);
      }
      case SynthesisStep.AwaitPod(VmPod pod) -> withoutPod(pod, status, conditions);
      case SynthesisStep.Start(String _, PodPlace _, JobState job) -> {
        conditions.holds(BASE, "Here", "the base VM is on the node");
        working(SynthesisPhase.SYNTHESIZING, "Synthesizing", job, status, conditions);
      }
    }
    return status.conditions(conditions.list()).build();
  }

  /** What it says while the VM is being ended. */
  static SynthesisStatus ending(
      Synthesis synthesis, SynthesisStatus before, SynthesisSight seen, JobState removal) {
    String words = Amounts.words(removal, "the VM is being ended");
    String reason =
        removal instanceof JobState.Failed(Problem problem, _) ? problem.reason() : "Terminating";
    return new SynthesisStatusBuilder(ownPart(before, seen))
        .phase(SynthesisPhase.TERMINATING)
        .progress(null)
        .conditions(
            new Conditions(synthesis.getMetadata().getGeneration(), before.conditions())
                .fails(Condition.READY, reason, words)
                .list())
        .build();
  }

  private static final Problem GONE =
      Problem.lasting(
          "VmGone",
          "the VM has vanished from the node together with its disk; delete the Synthesis and"
              + " create it again");

  private void runs(
      Synthesis synthesis,
      SynthesisSight seen,
      VmRecord vm,
      SynthesisStatusBuilder status,
      Conditions conditions) {
    status.vm(vm.name().text()).addresses(addresses(vm));
    conditions
        .holds(BASE, "Here", "the base VM is on the node")
        .holds(RUNNING, RUNNING, "the guest runs");
    if (seen.ports() instanceof JobState.Failed(Problem problem, _)) {
      conditions.fails(PORTS, problem.reason(), problem.message());
    }
    Integer port = synthesis.getSpec().readyPort();
    if (seen.isPodEnding()) {
      status.phase(SynthesisPhase.RUNNING);
      conditions.fails(
          Condition.READY, "PodEnding", "the guest is being shut down: its pod has to end");
    } else if (port == null) {
      status.phase(SynthesisPhase.READY);
      conditions.holds(Condition.READY, "Ready", "the guest runs");
    } else if (port.equals(seen.facts().answered())) {
      status.phase(SynthesisPhase.READY);
      conditions.holds(Condition.READY, "Ready", "port " + port + " of the guest answers");
    } else {
      status.phase(SynthesisPhase.RUNNING);
      silent(port, seen, vm, conditions);
    }
  }

  private static void silent(int port, SynthesisSight seen, VmRecord vm, Conditions conditions) {
    if (vm.ports().stream().noneMatch(it -> it.guest() == port)) {
      conditions.fails(
          Condition.READY,
          "PortNotForwarded",
          "port " + port + " of the guest is not forwarded; add it to spec.ports");
    } else if (seen.probe() instanceof JobState.Failed(Problem problem, _)) {
      conditions.fails(Condition.READY, problem.reason(), problem.message());
    } else {
      conditions.fails(
          Condition.READY, "PortSilent", "waiting until port " + port + " of the guest answers");
    }
  }

  private List<Address> addresses(VmRecord vm) {
    String at = vm.pod() == null ? host : vm.pod().address();
    return vm.ports().stream().map(port -> new Address(port.guest(), at, port.host())).toList();
  }

  private static void over(
      VmRecord vm, VmEnd end, SynthesisStatusBuilder status, Conditions conditions) {
    status.vm(vm.name().text());
    if (end.failed()) {
      failed(Problem.lasting(end.reason(), end.message()), status, conditions);
      return;
    }
    status.phase(SynthesisPhase.STOPPED);
    conditions
        .fails(RUNNING, end.reason(), end.message())
        .fails(Condition.READY, end.reason(), end.message());
  }

  /** In the operator's words, which sees pods. */
  private static void withoutPod(
      @Nullable VmPod pod, SynthesisStatusBuilder status, Conditions conditions) {
    String reason = "WaitingForPod";
    String words = "waiting until the operator has made the pod of the VM";
    if (pod != null) {
      words = "pod " + pod.name() + " " + Objects.requireNonNullElse(pod.message(), "is started");
    }
    if (pod != null && pod.reason() != null) {
      reason = pod.reason();
      status.error(new Failure(reason, words));
    }
    status.phase(SynthesisPhase.SYNTHESIZING);
    conditions
        .holds(BASE, "Here", "the base VM is on the node")
        .fails(RUNNING, reason, words)
        .fails(Condition.READY, reason, words);
  }

  /** Something is under way, or failed. */
  private static void working(
      SynthesisPhase phase,
      String reason,
      JobState job,
      SynthesisStatusBuilder status,
      Conditions conditions) {
    if (job instanceof JobState.Failed(Problem problem, _)) {
      if (!problem.retryable()) {
        failed(problem, status, conditions);
        return;
      }
      status.phase(phase).error(new Failure(problem.reason(), problem.message()));
      conditions
          .fails(RUNNING, problem.reason(), problem.message())
          .fails(Condition.READY, problem.reason(), problem.message());
      return;
    }
    String whole =
        phase == SynthesisPhase.FETCHING
            ? "the overlay is being looked at where it is"
            : "the VM is being put together";
    String words = Amounts.words(job, whole);
    String why = Amounts.reason(job, reason);
    status.phase(phase).progress(Amounts.progress(job));
    conditions.fails(RUNNING, why, words).fails(Condition.READY, why, words);
  }

  /** In the operator's words, which has looked for it. */
  private static void withoutBaseVM(
      String base, @Nullable Condition said, SynthesisStatusBuilder status, Conditions conditions) {
    String reason = "WaitingForOperator";
    String words =
        "the overlay needs base VM "
            + base
            + "; waiting until the operator has looked for it in this namespace";
    if (said != null && said.status() == ConditionStatus.FALSE) {
      reason = said.reason();
      words = said.message();
    }
    status.phase(SynthesisPhase.FETCHING);
    if (reason.equals(NOT_FOUND)) {
      status.error(new Failure(reason, words));
    }
    conditions
        .fails(BASE, reason, words)
        .fails(RUNNING, reason, words)
        .fails(Condition.READY, reason, words);
  }

  private static void waiting(
      JobState fetch, String words, SynthesisStatusBuilder status, Conditions conditions) {
    status.phase(SynthesisPhase.FETCHING).progress(Amounts.progress(fetch));
    if (fetch instanceof JobState.Failed(Problem problem, _)) {
      status.error(new Failure(problem.reason(), words));
    }
    conditions
        .fails(RUNNING, "WaitingForBase", "the base VM is not on the node yet")
        .fails(Condition.READY, "WaitingForBase", words);
  }

  private static void failed(
      Problem problem, SynthesisStatusBuilder status, Conditions conditions) {
    status.phase(SynthesisPhase.FAILED).error(new Failure(problem.reason(), problem.message()));
    conditions
        .fails(RUNNING, problem.reason(), problem.message())
        .fails(Condition.READY, problem.reason(), problem.message());
  }

  private static String reason(JobState fetch) {
    return fetch instanceof JobState.Failed(Problem problem, _) ? problem.reason() : "NotHere";
  }

  private static String awaited(@Nullable String base, JobState fetch) {
    return switch (fetch) {
      case JobState.Failed(Problem problem, _) ->
          "base VM " + base + " cannot be fetched: " + problem.message();
      case JobState.Absent _ ->
          "base VM "
              + base
              + " is not on the node yet; it comes as soon as the operator says from where, which"
              + " takes a BaseVM of this digest that is Ready";
      case JobState.Running _, JobState.Waiting _ ->
          Amounts.words(fetch, "base VM " + base + " is on its way");
    };
  }
}
