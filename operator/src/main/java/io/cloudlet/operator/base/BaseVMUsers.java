package io.cloudlet.operator.base;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.Keys;
import io.cloudlet.operator.cluster.SynthesisIndexes;
import io.cloudlet.operator.cluster.VMOverlayIndexes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What needs a base VM: VMs that run on it, and overlays that are made for it. */
final class BaseVMUsers {
  /** What the API takes. */
  private static final int MOST = 100;

  private final Cluster cluster;

  BaseVMUsers(Cluster cluster) {
    this.cluster = cluster;
  }

  List<String> of(BaseVM base, @Nullable String digest) {
    String namespace = base.getMetadata().getNamespace();
    String key = Keys.local(namespace, base.getMetadata().getName());
    Stream<HasMetadata> byName =
        cluster.syntheses().by(SynthesisIndexes.BASE_NAME, key).stream().map(it -> it);
    return Stream.concat(byName, byDigest(digest))
        .filter(it -> namespace.equals(it.getMetadata().getNamespace()))
        .map(it -> it.getKind() + " " + it.getMetadata().getName())
        .distinct()
        .sorted()
        .limit(MOST)
        .toList();
  }

  private Stream<HasMetadata> byDigest(@Nullable String digest) {
    if (digest == null) {
      return Stream.empty();
    }
    return Stream.concat(
        cluster.syntheses().by(SynthesisIndexes.BASE_DIGEST, digest).stream(),
        cluster.overlays().by(VMOverlayIndexes.BASE_DIGEST, digest).stream());
  }
}
