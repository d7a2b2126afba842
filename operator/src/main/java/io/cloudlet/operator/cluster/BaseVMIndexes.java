package io.cloudlet.operator.cluster;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.PackageSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How base VMs are found. */
public final class BaseVMIndexes {
  /** By the node where they are made. */
  public static final Index<BaseVM> NODE =
      new Index<>("node", it -> Keys.of(status(it).map(BaseVMStatus::node)));

  /** By digest, in all namespaces. */
  public static final Index<BaseVM> DIGEST =
      new Index<>("digest", it -> Keys.of(status(it).map(BaseVMStatus::digest)));

  /** By the digest that they have, or that their package shall have, in all namespaces. */
  public static final Index<BaseVM> NAMED_DIGEST =
      new Index<>(
          "namedDigest",
          it -> Keys.of(packaged(it), status(it).map(BaseVMStatus::digest).orElse(null)));

  /** By the name of the Synthesis that they are captured from, with {@link Keys#local}. */
  public static final Index<BaseVM> SYNTHESIS_NAME =
      new Index<>("synthesisName", it -> Keys.local(it, it.getSpec().source().synthesisRef()));

  /** Under {@link Keys#YES}, those that have no node. */
  public static final Index<BaseVM> UNPLACED =
      new Index<>("unplaced", it -> Keys.when(status(it).map(BaseVMStatus::node).isEmpty()));

  private BaseVMIndexes() {}

  static List<Index<BaseVM>> all() {
    return Stream.of(NODE, DIGEST, NAMED_DIGEST, SYNTHESIS_NAME, UNPLACED).toList();
  }

  private static @Nullable String packaged(BaseVM base) {
    PackageSource exported = base.getSpec().source().exported();
    return exported == null ? null : exported.digest();
  }

  private static Optional<BaseVMStatus> status(BaseVM base) {
    return Optional.ofNullable(base.getStatus());
  }
}
