package io.cloudlet.operator.node;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.operator.cluster.BaseVMIndexes;
import io.cloudlet.operator.cluster.Change;
import io.cloudlet.operator.cluster.CloudletNodeIndexes;
import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.cluster.Index;
import io.cloudlet.operator.cluster.SynthesisIndexes;
import io.cloudlet.operator.cluster.VMOverlayIndexes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Stream;

/**
 * The nodes that have copies of what an object has begun or ceased to name. Where another object
 * names it as well they have nothing to do, and are left alone: there may be a thousand of them.
 */
final class CopyHolders {
  private final Cluster cluster;

  CopyHolders(Cluster cluster) {
    this.cluster = cluster;
  }

  Stream<CloudletNode> byBase(Change<BaseVM> change) {
    return digests(change, BaseVMIndexes.NAMED_DIGEST)
        .filter(it -> cluster.bases().by(BaseVMIndexes.NAMED_DIGEST, it).size() <= 1)
        .flatMap(it -> cluster.nodes().by(CloudletNodeIndexes.HOLDING, it).stream());
  }

  Stream<CloudletNode> byOverlay(Change<VMOverlay> change) {
    return prepared(digests(change, VMOverlayIndexes.DIGEST));
  }

  Stream<CloudletNode> bySynthesis(Change<Synthesis> change) {
    Stream<CloudletNode> bases =
        digests(change, SynthesisIndexes.BASE_DIGEST)
            .filter(it -> cluster.bases().by(BaseVMIndexes.NAMED_DIGEST, it).isEmpty())
            .flatMap(it -> cluster.nodes().by(CloudletNodeIndexes.HOLDING, it).stream());
    return Stream.concat(bases, prepared(digests(change, SynthesisIndexes.OVERLAY_DIGEST)));
  }

  private Stream<CloudletNode> prepared(Stream<String> overlays) {
    return overlays
        .filter(it ->
            cluster.overlays().by(VMOverlayIndexes.DIGEST, it).size()
                    + cluster.syntheses().by(SynthesisIndexes.OVERLAY_DIGEST, it).size()
                <= 1)
        .flatMap(it -> cluster.nodes().by(CloudletNodeIndexes.PREPARED, it).stream());
  }

  /** What one state of the object names, and the other does not. */
  private static <T extends HasMetadata> Stream<String> digests(Change<T> change, Index<T> index) {
    List<List<String>> named = change.states().map(index.keys()).toList();
    return named.size() == 2 && named.getFirst().equals(named.getLast())
        ? Stream.empty()
        : named.stream().flatMap(List::stream).distinct();
  }
}
