package io.cloudlet.operator.overlay;

import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.operator.cluster.Cluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/** Deletes the Synthesis that an overlay was captured from, where that was asked for. */
final class CapturedSynthesis {
  /** The annotation with the uid of the Synthesis. */
  private static final String CAPTURED = "cloudlet.io/captured-uid";

  private final Cluster cluster;

  CapturedSynthesis(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Deletes it once the overlay has been verified, and never before. */
  void deleteIfDone(VMOverlay overlay, VMOverlayStatus status, KubernetesClient client) {
    ObjectRef ref = overlay.getSpec().synthesisRef();
    boolean verified =
        status.phase() == VMOverlayPhase.READY
            && Condition.isTrue(status.conditions(), Condition.READY);
    if (ref == null || overlay.getSpec().after() != AfterCapture.DELETE || !verified) {
      return;
    }
    cluster
        .syntheses()
        .find(overlay.getMetadata().getNamespace(), ref.name())
        .filter(it -> !it.isMarkedForDeletion() && isCaptured(it, overlay))
        .ifPresent(it -> delete(it, client));
  }

  /**
   * Writes down which VM is captured, for when it is to be deleted: one of the same name may have
   * been made by then.
   *
   * @return whether there is anything to write down
   */
  boolean remember(VMOverlay overlay, VMOverlay patch) {
    ObjectRef ref = overlay.getSpec().synthesisRef();
    if (ref == null || overlay.getSpec().after() != AfterCapture.DELETE) {
      return false;
    }
    Optional<Synthesis> synthesis =
        cluster.syntheses().find(overlay.getMetadata().getNamespace(), ref.name());
    synthesis.ifPresent(
        it -> patch.getMetadata().setAnnotations(Map.of(CAPTURED, it.getMetadata().getUid())));
    return synthesis.isPresent();
  }

  private static boolean isCaptured(Synthesis synthesis, VMOverlay overlay) {
    Map<String, String> annotations = overlay.getMetadata().getAnnotations();
    return annotations != null
        && synthesis.getMetadata().getUid().equals(annotations.get(CAPTURED));
  }

  /** Only this version of it: what somebody is just changing is looked at again first. */
  private static void delete(Synthesis synthesis, KubernetesClient client) {
    var _ = client.resource(synthesis).lockResourceVersion().delete();
  }
}
