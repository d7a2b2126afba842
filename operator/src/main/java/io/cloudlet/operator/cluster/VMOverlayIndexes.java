package io.cloudlet.operator.cluster;

import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How overlays are found. */
public final class VMOverlayIndexes {
  /** By the node where they are made. */
  public static final Index<VMOverlay> NODE =
      new Index<>("node", it -> Keys.of(status(it).map(VMOverlayStatus::node)));

  /** By the digest of their base VM, in all namespaces. */
  public static final Index<VMOverlay> BASE_DIGEST =
      new Index<>("baseDigest", it -> Keys.of(status(it).map(VMOverlayStatus::baseDigest)));

  /** By their root digest, as they have it or shall have it, in all namespaces. */
  public static final Index<VMOverlay> DIGEST =
      new Index<>(
          "digest",
          it ->
              Keys.of(it.getSpec().digest(), status(it).map(VMOverlayStatus::digest).orElse(null)));

  /** By the name of the Synthesis that they are captured from, with {@link Keys#local}. */
  public static final Index<VMOverlay> SYNTHESIS_NAME =
      new Index<>("synthesisName", it -> Keys.local(it, it.getSpec().synthesisRef()));

  /** Under {@link Keys#YES}, those that have no node. */
  public static final Index<VMOverlay> UNPLACED =
      new Index<>("unplaced", it -> Keys.when(status(it).map(VMOverlayStatus::node).isEmpty()));

  private VMOverlayIndexes() {}

  static List<Index<VMOverlay>> all() {
    return Stream.of(NODE, BASE_DIGEST, DIGEST, SYNTHESIS_NAME, UNPLACED).toList();
  }

  private static Optional<VMOverlayStatus> status(VMOverlay overlay) {
    return Optional.ofNullable(overlay.getStatus());
  }
}
