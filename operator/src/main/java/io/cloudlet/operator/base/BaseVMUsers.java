package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.operator.cluster.BaseVMIndexes;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.Keys;
import io.cloudlet.operator.cluster.SynthesisIndexes;
import io.cloudlet.operator.cluster.VMOverlayIndexes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What needs a base VM: VMs that run on it, and overlays that are made for it. Who names a BaseVM
 * needs that one; who needs a digest is content with any BaseVM that has it, and counts for one of
 * them alone.
 */
final class BaseVMUsers {
  /** What the API takes. */
  private static final int MOST = 100;

  private final Cluster cluster;

  BaseVMUsers(Cluster cluster) {
    this.cluster = cluster;
  }

  /** The users of a BaseVM, as far as the watches have told. */
  List<String> of(BaseVM base, @Nullable String digest) {
    boolean answers = digest == null || twins(base, digest).instead().isEmpty();
    return list(base, answers ? digest : null);
  }

  /**
   * The users of a BaseVM that is being deleted. Another one answers in its place only if the API
   * server says at this moment that it stays: of two that are deleted at once, neither may rely on
   * the other, and the watches may tell too late.
   *
   * @param ask the present state of a BaseVM
   */
  List<String> ofGoing(
      BaseVM base, @Nullable String digest, Function<BaseVM, Optional<BaseVM>> ask) {
    if (digest == null || byDigest(base, digest).findAny().isEmpty()) {
      return list(base, null);
    }
    boolean answered =
        twins(base, digest)
            .instead()
            .filter(it -> ask.apply(it).filter(now -> Twins.standsIn(it, now)).isPresent())
            .isPresent();
    return list(base, answered ? null : digest);
  }

  private Twins twins(BaseVM base, String digest) {
    return new Twins(base, cluster.bases().by(BaseVMIndexes.DIGEST, digest).stream());
  }

  private List<String> list(BaseVM base, @Nullable String digest) {
    Stream<HasMetadata> needing = digest == null ? Stream.empty() : byDigest(base, digest);
    return Stream.concat(byName(base), needing)
        .map(it -> it.getKind() + " " + it.getMetadata().getName())
        .distinct()
        .sorted()
        .limit(MOST)
        .toList();
  }

  private Stream<HasMetadata> byName(BaseVM base) {
    String key = Keys.local(base.getMetadata().getNamespace(), base.getMetadata().getName());
    return cluster.syntheses().by(SynthesisIndexes.BASE_NAME, key).stream().map(it -> it);
  }

  private Stream<HasMetadata> byDigest(BaseVM base, String digest) {
    Stream<HasMetadata> syntheses =
        cluster.syntheses().by(SynthesisIndexes.BASE_DIGEST, digest).stream()
            .filter(it -> it.getSpec().baseRef() == null)
            .map(it -> it);
    Stream<HasMetadata> overlays =
        cluster.overlays().by(VMOverlayIndexes.BASE_DIGEST, digest).stream().map(it -> it);
    String namespace = base.getMetadata().getNamespace();
    return Stream.concat(syntheses, overlays)
        .filter(it -> namespace.equals(it.getMetadata().getNamespace()));
  }
}
