package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.node.BaseInventory;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.image.Digest;
import org.jspecify.annotations.Nullable;

/** Sizes of base VMs. */
record BaseSizes() implements BaseInventory.Sizes {
  @Override
  public @Nullable Long storedBytes(BaseEntry base) {
    return null;
  }

  @Override
  public @Nullable Long packageBytes(Digest base) {
    return null;
  }
}
