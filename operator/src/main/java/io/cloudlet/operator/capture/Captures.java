package io.cloudlet.operator.capture;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.operator.cluster.BaseVMIndexes;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.Keys;
import io.cloudlet.operator.cluster.VMOverlayIndexes;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which VMs are being captured: from when a node has been told to do it until it is done or has
 * failed for good.
 */
public final class Captures {
  private static final Set<VMOverlayPhase> OVERLAY_DONE =
      EnumSet.of(VMOverlayPhase.READY, VMOverlayPhase.FAILED, VMOverlayPhase.TERMINATING);

  private static final Set<BaseVMPhase> BASE_DONE =
      EnumSet.of(BaseVMPhase.READY, BaseVMPhase.FAILED, BaseVMPhase.TERMINATING);

  private final Cluster cluster;

  /** Looks in a cluster. */
  public Captures(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Whether the VM of a Synthesis is being captured. */
  public boolean isUnderWay(Synthesis synthesis) {
    String key =
        Keys.local(synthesis.getMetadata().getNamespace(), synthesis.getMetadata().getName());
    return cluster.overlays().by(VMOverlayIndexes.SYNTHESIS_NAME, key).stream()
            .anyMatch(it -> of(it).isPresent())
        || cluster.bases().by(BaseVMIndexes.SYNTHESIS_NAME, key).stream()
            .anyMatch(it -> of(it).isPresent());
  }

  /** The Synthesis whose VM is being captured for an overlay. */
  public static Optional<String> of(VMOverlay overlay) {
    VMOverlayStatus status = overlay.getStatus();
    boolean underWay =
        status != null && status.node() != null && !OVERLAY_DONE.contains(status.phase());
    return name(underWay && !overlay.isMarkedForDeletion(), overlay.getSpec().synthesisRef());
  }

  /** The Synthesis whose VM is being captured for a base VM. */
  public static Optional<String> of(BaseVM base) {
    BaseVMStatus status = base.getStatus();
    boolean underWay =
        status != null && status.node() != null && !BASE_DONE.contains(status.phase());
    return name(underWay && !base.isMarkedForDeletion(), base.getSpec().source().synthesisRef());
  }

  private static Optional<String> name(boolean underWay, @Nullable ObjectRef ref) {
    return Optional.ofNullable(ref).filter(it -> underWay).map(ObjectRef::name);
  }
}
