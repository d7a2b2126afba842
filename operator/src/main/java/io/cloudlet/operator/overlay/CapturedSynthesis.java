package io.cloudlet.operator.overlay;

import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.status.Findings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Optional;

/** Deletes the Synthesis that an overlay was captured from, where that was asked for. */
final class CapturedSynthesis {
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
        .filter(it -> !it.isMarkedForDeletion() && wasThere(it, status))
        .ifPresent(it -> delete(it, client));
  }

  /** A namesake that was made after the capture had begun is another VM, and stays. */
  private static boolean wasThere(Synthesis synthesis, VMOverlayStatus status) {
    Optional<Instant> placed =
        Condition.find(status.conditions(), Findings.SCHEDULED)
            .map(it -> Instant.parse(it.lastTransitionTime()));
    Instant made = Instant.parse(synthesis.getMetadata().getCreationTimestamp());
    return placed.filter(it -> !made.isAfter(it)).isPresent();
  }

  /** Only this version of it: what somebody is just changing is looked at again first. */
  private static void delete(Synthesis synthesis, KubernetesClient client) {
    var _ = client.resource(synthesis).lockResourceVersion().delete();
  }
}
