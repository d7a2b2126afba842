package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Synthesis that waits for a base VM or an overlay sees of it: not how far it has come. */
record SourceView(
    boolean going, @Nullable String digest, Optional<String> ready, Optional<String> reason) {
  static SourceView of(BaseVM base) {
    BaseVMStatus status = base.getStatus();
    return status == null
        ? new SourceView(false, null, Optional.empty(), Optional.empty())
        : view(base.isMarkedForDeletion(), status.digest(), status.conditions());
  }

  static SourceView of(VMOverlay overlay) {
    VMOverlayStatus status = overlay.getStatus();
    return status == null
        ? new SourceView(false, null, Optional.empty(), Optional.empty())
        : view(overlay.isMarkedForDeletion(), status.digest(), status.conditions());
  }

  private static SourceView view(
      boolean going, @Nullable String digest, List<Condition> conditions) {
    Optional<Condition> ready = Condition.find(conditions, Condition.READY);
    return new SourceView(
        going, digest, ready.map(it -> it.status().name()), ready.map(Condition::reason));
  }
}
