package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisSpec;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.operator.cluster.BaseVMIndexes;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a Synthesis names, in its own namespace. */
final class SourceResolver {
  private final Cluster cluster;

  SourceResolver(Cluster cluster) {
    this.cluster = cluster;
  }

  Resolution resolve(Synthesis synthesis) {
    SynthesisSpec spec = synthesis.getSpec();
    String namespace = synthesis.getMetadata().getNamespace();
    ObjectRef base = spec.baseRef();
    if (base != null) {
      return byName(namespace, base.name());
    }
    ObjectRef overlay = spec.overlayRef();
    if (overlay != null) {
      return byOverlay(namespace, overlay.name());
    }
    // Only an agent can read which base VM the overlay needs.
    return new Resolution.Found(new Sources(null, spec.digest(), spec.overlayUrl(), null));
  }

  /** The base VM of a digest that is ready in a namespace, or why there is none. */
  Resolution byDigest(
      String namespace, String digest, @Nullable String overlayDigest, @Nullable String url) {
    List<BaseVM> all =
        cluster.bases().by(BaseVMIndexes.DIGEST, digest).stream()
            .filter(it -> namespace.equals(it.getMetadata().getNamespace()))
            .toList();
    Optional<BaseVM> ready = all.stream().filter(SourceResolver::isReady).findFirst();
    if (ready.isPresent()) {
      return new Resolution.Found(
          new Sources(digest, overlayDigest, url, ready.get().getStatus().machine()));
    }
    if (!all.isEmpty()) {
      return notReady(all.getFirst());
    }
    return missing(
        Reason.BASE_NOT_FOUND,
        "the overlay needs base VM "
            + digest
            + ", and no BaseVM in namespace "
            + namespace
            + " has this digest: create a BaseVM with source.package of an exported one, or with"
            + " the image that it was made from");
  }

  private Resolution byName(String namespace, String name) {
    Optional<BaseVM> base = cluster.bases().find(namespace, name);
    if (base.isEmpty()) {
      return missing(
          Reason.BASE_NOT_FOUND,
          "there is no BaseVM " + name + " in namespace " + namespace + ": create it");
    }
    if (!isReady(base.get())) {
      return notReady(base.get());
    }
    BaseVMStatus status = base.get().getStatus();
    return new Resolution.Found(new Sources(status.digest(), null, null, status.machine()));
  }

  private Resolution byOverlay(String namespace, String name) {
    Optional<VMOverlay> overlay = cluster.overlays().find(namespace, name);
    if (overlay.isEmpty()) {
      return missing(
          Reason.OVERLAY_NOT_FOUND,
          "there is no VMOverlay " + name + " in namespace " + namespace + ": create it");
    }
    VMOverlayStatus status = overlay.get().getStatus();
    String base = status == null ? null : status.baseDigest();
    if (base == null || !Condition.isTrue(status.conditions(), Condition.READY)) {
      return missing(Reason.OVERLAY_NOT_READY, "VMOverlay " + name + notReady(overlay.get()));
    }
    return byDigest(namespace, base, status.digest(), status.url());
  }

  private static boolean isReady(BaseVM base) {
    BaseVMStatus status = base.getStatus();
    return status != null
        && status.digest() != null
        && !base.isMarkedForDeletion()
        && Condition.isTrue(status.conditions(), Condition.READY);
  }

  private static Resolution notReady(BaseVM base) {
    String name = base.getMetadata().getName();
    BaseVMStatus status = base.getStatus();
    String why =
        base.isMarkedForDeletion()
            ? " is being deleted"
            : because(status == null ? List.of() : status.conditions());
    return missing(Reason.BASE_NOT_READY, "BaseVM " + name + why);
  }

  private static String notReady(VMOverlay overlay) {
    VMOverlayStatus status = overlay.getStatus();
    return because(status == null ? List.of() : status.conditions());
  }

  /** In the words of the one who knows why. */
  private static String because(List<Condition> conditions) {
    return Condition.find(conditions, Condition.READY)
        .map(it -> " is not ready: " + it.reason() + ", " + it.message())
        .orElse(" is not ready yet");
  }

  private static Resolution missing(Reason reason, String message) {
    return new Resolution.Missing(new Problem(reason, message));
  }
}
