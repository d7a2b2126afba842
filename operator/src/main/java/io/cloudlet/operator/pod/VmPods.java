package io.cloudlet.operator.pod;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.MachineStatus;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.VmPodPhase;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import io.cloudlet.operator.status.Turn;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to the pods around VMs, on nodes where VMs are pods. A pod is made as soon as node and
 * machine are known, so that its image comes while the agent still fetches the VM. Thread-safe.
 */
public final class VmPods {
  private static final Problem NO_IMAGE =
      new Problem(
          Reason.NO_POD_IMAGE,
          "VMs are pods on this node, and the operator was not told of which image: set its"
              + " CLOUDLET_VM_IMAGE to that of the agents");

  private final Cluster cluster;
  private final @Nullable PodImage image;
  private final PodMaker maker;
  private final ReadinessGate gate;
  private final PodRetries retries;

  /**
   * For the pods of a cluster.
   *
   * @param image absent when nobody has said; no pod is made then
   * @param client stays the caller's
   */
  public VmPods(
      Cluster cluster, @Nullable PodImage image, KubernetesClient client, InstantSource clock) {
    this.cluster = cluster;
    this.image = image;
    this.maker = new PodMaker(client);
    this.gate = new ReadinessGate(client);
    this.retries = new PodRetries(clock);
  }

  /**
   * Makes, replaces or takes away the pod of a VM as is right, and says how it does.
   *
   * @param node where the VM is to run, once that is settled and written down
   * @param machine absent while nobody knows it
   */
  public PodFinding tend(
      Synthesis synthesis,
      SynthesisStatus now,
      Turn turn,
      @Nullable String node,
      @Nullable MachineStatus machine) {
    PodPlan plan =
        node == null || machine == null || !cluster.hasVmsAsPods(node)
            ? null
            : new PodPlan(node, machine);
    Pod template = plan == null || image == null ? null : PodTemplate.of(synthesis, plan, image);
    var situation =
        new PodStep.Situation(turn == Turn.LOST, plan != null, template, find(synthesis));
    String uid = synthesis.getMetadata().getUid();
    if (now.vm() != null) {
      retries.forget(uid);
    }
    return switch (PodStep.next(now, situation)) {
      case PodStep.None _ -> PodFinding.NONE;
      case PodStep.LackImage _ -> PodFinding.lacking(NO_IMAGE, null);
      case PodStep.Keep(Pod pod) -> keep(now, pod);
      case PodStep.Make(Pod wanted) -> make(synthesis, wanted);
      case PodStep.Remove(Pod pod) -> remove(pod);
      case PodStep.Replace(Pod pod) -> replace(uid, pod);
    };
  }

  /** How the pod of a VM does that is being ended. */
  public PodFinding look(Synthesis synthesis, SynthesisStatus now) {
    return keep(now, find(synthesis));
  }

  /** Takes the pod away of a Synthesis that nothing else holds any more. */
  public void end(Synthesis synthesis) {
    retries.forget(synthesis.getMetadata().getUid());
    Pod pod = find(synthesis);
    if (pod != null) {
      var _ = remove(pod);
    }
  }

  private PodFinding keep(SynthesisStatus now, @Nullable Pod pod) {
    if (pod != null) {
      PodFinding seen = PodSight.of(pod);
      if (PodSight.phase(pod) == VmPodPhase.RUNNING) {
        gate.set(pod, Condition.isTrue(now.conditions(), Condition.READY));
      }
      return seen;
    }
    VmPod last = now.pod();
    return last == null ? PodFinding.NONE : PodSight.gone(last);
  }

  private PodFinding make(Synthesis synthesis, Pod template) {
    String uid = synthesis.getMetadata().getUid();
    PodFinding waiting = retries.waiting(uid);
    if (waiting != null) {
      return waiting;
    }
    return switch (maker.make(synthesis, template)) {
      case PodMaker.Outcome.Made(Pod pod) -> PodSight.of(pod);
      case PodMaker.Outcome.Refused(Problem why) -> retries.refused(uid, why);
    };
  }

  /** At once where the node that would have to end the pod may never do so. */
  private PodFinding remove(Pod pod) {
    maker.remove(pod, !cluster.isAlive(PodNotes.node(pod)));
    return PodSight.of(pod);
  }

  private PodFinding replace(String synthesis, Pod pod) {
    Duration left = retries.ended(synthesis, pod.getMetadata().getUid());
    return left.isZero() ? remove(pod) : PodSight.of(pod).again(left);
  }

  private @Nullable Pod find(Synthesis synthesis) {
    Optional<Pod> found =
        cluster
            .pods()
            .find(synthesis.getMetadata().getNamespace(), PodTemplate.name(synthesis))
            .filter(it -> PodMaker.isOf(it, synthesis));
    return found.orElse(null);
  }
}
