package io.cloudlet.operator.cluster;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How base VMs are found. */
public final class BaseVMIndexes {
  /** By the node where they are made. */
  public static final Index<BaseVM> NODE =
      new Index<>("node", it -> Keys.of(status(it).map(BaseVMStatus::node)));

  /** By digest, in all namespaces. */
  public static final Index<BaseVM> DIGEST =
      new Index<>("digest", it -> Keys.of(status(it).map(BaseVMStatus::digest)));

  /** By the name of the Synthesis that they are captured from, with {@link Keys#local}. */
  public static final Index<BaseVM> SYNTHESIS_NAME =
      new Index<>("synthesisName", it -> Keys.local(it, it.getSpec().source().synthesisRef()));

  /** Under {@link Keys#YES}, those that have no node. */
  public static final Index<BaseVM> UNPLACED =
      new Index<>("unplaced", it -> Keys.when(status(it).map(BaseVMStatus::node).isEmpty()));

  private BaseVMIndexes() {}

  static List<Index<BaseVM>> all() {
    return Stream.of(NODE, DIGEST, SYNTHESIS_NAME, UNPLACED).toList();
  }

  private static Optional<BaseVMStatus> status(BaseVM base) {
    return Optional.ofNullable(base.getStatus());
  }
}
