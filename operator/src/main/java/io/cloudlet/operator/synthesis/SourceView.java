package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a Synthesis that waits for a base VM or an overlay sees of it: not how far it has come. */
record SourceView(
    boolean going, List<String> digests, Optional<String> ready, Optional<String> reason) {
  private static final SourceView NOTHING =
      new SourceView(false, List.of(), Optional.empty(), Optional.empty());

  static SourceView of(BaseVM base) {
    BaseVMStatus status = base.getStatus();
    return status == null
        ? NOTHING
        : view(base.isMarkedForDeletion(), status.conditions(), status.digest(), null);
  }

  static SourceView of(VMOverlay overlay) {
    VMOverlayStatus status = overlay.getStatus();
    return status == null
        ? NOTHING
        : view(
            overlay.isMarkedForDeletion(),
            status.conditions(),
            status.digest(),
            status.baseDigest());
  }

  private static SourceView view(
      boolean going,
      List<Condition> conditions,
      @Nullable String digest,
      @Nullable String baseDigest) {
    Optional<Condition> ready = Condition.find(conditions, Condition.READY);
    return new SourceView(
        going,
        Stream.concat(Stream.ofNullable(digest), Stream.ofNullable(baseDigest)).toList(),
        ready.map(it -> it.status().name()),
        ready.map(Condition::reason));
  }
}
