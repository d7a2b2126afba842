package io.cloudlet.operator.overlay;

import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.api.v1alpha1.VMOverlayStatusBuilder;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** Which updates of a VMOverlay concern the operator: not how far its agent has come. */
public final class RelevantVMOverlayChange implements OnUpdateFilter<VMOverlay> {
  @Override
  public boolean accept(VMOverlay now, VMOverlay before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(now.getMetadata().getFinalizers(), before.getMetadata().getFinalizers())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || !relevant(now).equals(relevant(before));
  }

  private static VMOverlayStatus relevant(VMOverlay overlay) {
    return new VMOverlayStatusBuilder(VMOverlayStatuses.of(overlay)).progress(null).build();
  }
}
