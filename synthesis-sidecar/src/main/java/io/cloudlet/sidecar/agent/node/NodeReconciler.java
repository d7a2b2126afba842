package io.cloudlet.sidecar.agent.node;

import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeSpec;
import io.cloudlet.api.v1alpha1.CloudletNodeStatus;
import io.cloudlet.api.v1alpha1.CloudletNodeStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.sidecar.agent.control.Conditions;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.control.StatusReport;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Brings the base VMs that the node shall hold, removes what it shall not, and publishes what it
 * has.
 */
public final class NodeReconciler implements Reconciler<CloudletNode> {
  private static final CloudletNodeStatus NOTHING = new CloudletNodeStatusBuilder().build();
  private static final CloudletNodeSpec NO_WISH = new CloudletNodeSpec(null, List.of(), List.of());

  /** So that a QEMU that has been installed meanwhile is found, and free space is roughly true. */
  private static final Duration LATER = Duration.ofMinutes(1);

  private final Placed<CloudletNode> placed;
  private final NodeAbilities abilities;
  private final VmRoom room;
  private final WantedBases wanted;
  private final Discarding discarding;
  private final List<NodeInventory> inventory;

  /**
   * For one node.
   *
   * @param room where VMs are to run
   * @param inventory what the node has, beside its abilities
   */
  public NodeReconciler(
      Placed<CloudletNode> placed,
      NodeAbilities abilities,
      VmRoom room,
      WantedBases wanted,
      Discarding discarding,
      List<NodeInventory> inventory) {
    this.placed = placed;
    this.abilities = abilities;
    this.room = room;
    this.wanted = wanted;
    this.discarding = discarding;
    this.inventory = List.copyOf(inventory);
  }

  @Override
  public List<EventSource<?, CloudletNode>> prepareEventSources(
      EventSourceContext<CloudletNode> context) {
    return List.of(placed.connect(context));
  }

  @Override
  public UpdateControl<CloudletNode> reconcile(CloudletNode node, Context<CloudletNode> context)
      throws IOException {
    CloudletNodeSpec wish = Objects.requireNonNullElse(node.getSpec(), NO_WISH);
    wanted.want(wish.bases());
    discarding.discard(wish.discard());
    CloudletNodeStatus before = Objects.requireNonNullElse(node.getStatus(), NOTHING);
    CloudletNodeStatus now = status(node, before);
    Duration again = Objects.requireNonNullElse(wanted.later(), LATER);
    return StatusReport.answer(now.equals(ownPart(before)) ? null : patch(node, now), again);
  }

  /** Whether the agent answers is what the operator says. */
  private static CloudletNodeStatus ownPart(CloudletNodeStatus status) {
    return new CloudletNodeStatusBuilder(status)
        .conditions(
            status.conditions().stream().filter(it -> it.type().equals(Condition.READY)).toList())
        .build();
  }

  private CloudletNodeStatus status(CloudletNode node, CloudletNodeStatus before)
      throws IOException {
    Long generation = node.getMetadata().getGeneration();
    CloudletNodeStatusBuilder status =
        new CloudletNodeStatusBuilder().observedGeneration(generation);
    for (NodeInventory part : inventory) {
      part.addTo(status);
    }
    Conditions conditions = new Conditions(generation, before.conditions());
    try {
      NodeAbilities.Found found = abilities.find();
      add(found, status);
      String hint = room.check();
      conditions.holds(Condition.READY, "AgentRuns", canRun(found) + hint);
    } catch (ProblemException e) {
      Problem problem = e.problem();
      conditions.fails(Condition.READY, problem.reason(), problem.message());
    }
    return status.conditions(conditions.list()).build();
  }

  private static String canRun(NodeAbilities.Found found) {
    String runs = "the agent can run VMs";
    return found.withoutKvm().isEmpty() ? runs : runs + ", without KVM: " + found.withoutKvm();
  }

  private static void add(NodeAbilities.Found found, CloudletNodeStatusBuilder status) {
    status
        .qemuVersion(found.qemuVersion())
        .accelerators(found.accelerators())
        .cpuModels(found.cpuModels())
        .machineTypes(found.machineTypes())
        .postCopy(found.postCopy());
  }

  private static CloudletNode patch(CloudletNode node, CloudletNodeStatus status) {
    CloudletNode patch = new CloudletNode();
    patch.setMetadata(StatusReport.identityOf(node));
    patch.setStatus(status);
    return patch;
  }
}
