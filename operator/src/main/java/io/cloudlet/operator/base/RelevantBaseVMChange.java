package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.BaseVMStatusBuilder;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** Which updates of a BaseVM concern the operator: not how far its agent has come. */
public final class RelevantBaseVMChange implements OnUpdateFilter<BaseVM> {
  @Override
  public boolean accept(BaseVM now, BaseVM before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(now.getMetadata().getFinalizers(), before.getMetadata().getFinalizers())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || !relevant(now).equals(relevant(before));
  }

  private static BaseVMStatus relevant(BaseVM base) {
    return new BaseVMStatusBuilder(BaseVMStatuses.of(base)).progress(null).build();
  }
}
