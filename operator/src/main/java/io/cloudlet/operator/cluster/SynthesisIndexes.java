package io.cloudlet.operator.cluster;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How Syntheses are found. */
public final class SynthesisIndexes {
  /** By the node that they are on. */
  public static final Index<Synthesis> NODE =
      new Index<>("node", it -> Keys.of(status(it).map(SynthesisStatus::node)));

  /** By the name of a base VM that they name, with {@link Keys#local}. */
  public static final Index<Synthesis> BASE_NAME =
      new Index<>("baseName", it -> Keys.local(it, it.getSpec().baseRef()));

  /** By the name of an overlay that they name, with {@link Keys#local}. */
  public static final Index<Synthesis> OVERLAY_NAME =
      new Index<>("overlayName", it -> Keys.local(it, it.getSpec().overlayRef()));

  /** By the digest of their base VM, in all namespaces. */
  public static final Index<Synthesis> BASE_DIGEST =
      new Index<>("baseDigest", it -> Keys.of(status(it).map(SynthesisStatus::baseDigest)));

  /** By the root digest of their overlay, in all namespaces. */
  public static final Index<Synthesis> OVERLAY_DIGEST =
      new Index<>(
          "overlayDigest",
          it ->
              Keys.of(
                  it.getSpec().digest(),
                  status(it).map(SynthesisStatus::overlayDigest).orElse(null)));

  /** Under {@link Keys#YES}, those that have no node. */
  public static final Index<Synthesis> UNPLACED =
      new Index<>("unplaced", it -> Keys.when(status(it).map(SynthesisStatus::node).isEmpty()));

  private SynthesisIndexes() {}

  static List<Index<Synthesis>> all() {
    return Stream.of(NODE, BASE_NAME, OVERLAY_NAME, BASE_DIGEST, OVERLAY_DIGEST, UNPLACED).toList();
  }

  private static Optional<SynthesisStatus> status(Synthesis synthesis) {
    return Optional.ofNullable(synthesis.getStatus());
  }
}
