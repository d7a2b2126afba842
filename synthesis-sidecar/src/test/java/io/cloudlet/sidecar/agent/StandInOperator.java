package io.cloudlet.sidecar.agent;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMStatusBuilder;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.CloudletNodeSpec;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisPhase;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.api.v1alpha1.VMOverlayStatusBuilder;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.api.v1alpha1.WantedBase;
import io.cloudlet.sidecar.image.Digest;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the operator writes.
 *
 * @param cluster where
 */
record StandInOperator(TestCluster cluster) {
  void place(BaseVM base, String node) {
    cluster.operatorSays(
        base,
        new BaseVM(),
        new BaseVMStatusBuilder().phase(BaseVMPhase.PENDING).node(node).build());
  }

  void place(VMOverlay overlay, String node) {
    cluster.operatorSays(
        overlay,
        new VMOverlay(),
        new VMOverlayStatusBuilder().phase(VMOverlayPhase.PENDING).node(node).build());
  }

  /** A Synthesis of a base VM. */
  void place(Synthesis synthesis, String node, @Nullable String base) {
    place(synthesis, node, base, null, null);
  }

  /** A Synthesis of an overlay. */
  void place(
      Synthesis synthesis,
      String node,
      @Nullable String base,
      @Nullable String overlay,
      @Nullable String url) {
    cluster.operatorSays(
        synthesis,
        new Synthesis(),
        new SynthesisStatusBuilder()
            .phase(SynthesisPhase.SCHEDULED)
            .node(node)
            .baseDigest(base)
            .overlayDigest(overlay)
            .overlayUrl(url)
            .build());
  }

  /** A Synthesis whose VM is to be in a pod, which is so far. */
  void say(Synthesis synthesis, String node, Digest base, @Nullable VmPod pod) {
    say(synthesis, node, base, null, pod);
  }

  void say(
      Synthesis synthesis,
      String node,
      Digest base,
      @Nullable VMOverlayStatus overlay,
      @Nullable VmPod pod) {
    cluster.operatorSays(
        synthesis,
        new Synthesis(),
        new SynthesisStatusBuilder()
            .node(node)
            .baseDigest(base.toString())
            .overlayDigest(overlay == null ? null : overlay.digest())
            .overlayUrl(overlay == null ? null : overlay.url())
            .pod(pod)
            .build());
  }

  /** A Synthesis of an overlay from elsewhere, of which the operator has said so much. */
  void placeByUrl(Synthesis synthesis, String node, ConditionStatus found, String reason) {
    Condition base =
        Condition.found(
            Condition.BASE_FOUND,
            found,
            synthesis.getMetadata().getGeneration(),
            reason,
            "create a BaseVM",
            List.of());
    cluster.operatorSays(
        synthesis,
        new Synthesis(),
        new SynthesisStatusBuilder()
            .phase(SynthesisPhase.SCHEDULED)
            .node(node)
            .conditions(List.of(base))
            .build());
  }

  /** A node shall hold base VMs. */
  void want(String node, WantedBase... bases) {
    wish(node, new CloudletNodeSpec(null, List.of(bases), List.of()));
  }

  /** A node shall remove copies of base VMs and overlays. */
  void discard(String node, String... digests) {
    wish(node, new CloudletNodeSpec(null, List.of(), List.of(digests)));
  }

  private void wish(String node, CloudletNodeSpec spec) {
    CloudletNode wish = new CloudletNode();
    wish.setMetadata(new ObjectMetaBuilder().withName(node).build());
    wish.setSpec(spec);
    cluster
        .client
        .resource(wish)
        .fieldManager("cloudlet-operator")
        .forceConflicts()
        .serverSideApply();
  }
}
