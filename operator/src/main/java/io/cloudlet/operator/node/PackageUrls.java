package io.cloudlet.operator.node;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.NodeCopyPhase;
import io.cloudlet.api.v1alpha1.PackageSource;
import io.cloudlet.operator.cluster.BaseVMIndexes;
import io.cloudlet.operator.cluster.CloudletNodeIndexes;
import io.cloudlet.operator.cluster.Cluster;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where packages of base VMs can be had. */
public final class PackageUrls {
  /** What the API takes for one base VM. */
  private static final int MOST = 16;

  private static final String ALGORITHM = "sha256:";

  private final Cluster cluster;

  /** Looks in a cluster. */
  public PackageUrls(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Where a node can get a package: from other nodes that serve it, each node in an order of its
   * own so that not all of them ask the same one; and from where BaseVMs say that it is.
   */
  List<String> forNode(String node, String digest) {
    Comparator<CloudletNode> spread =
        Comparator.comparingInt(other -> (node + '\n' + other.getMetadata().getName()).hashCode());
    Stream<String> nodes =
        holders(digest)
            .filter(it -> !it.getMetadata().getName().equals(node))
            .sorted(spread.thenComparing(it -> it.getMetadata().getName()))
            .flatMap(it -> url(it, digest).stream())
            .limit(MOST - 1);
    return Stream.concat(nodes, sources(digest)).distinct().limit(MOST).toList();
  }

  /** Where people can get it: from the node that made it, or from another one that serves it. */
  public Optional<String> forPeople(String digest, String maker) {
    Comparator<CloudletNode> best = Comparator.comparing(it -> !isCalled(it, maker));
    return holders(digest)
        .sorted(best.thenComparing(it -> it.getMetadata().getName()))
        .flatMap(it -> url(it, digest).stream())
        .findFirst()
        .or(() -> sources(digest).findFirst());
  }

  private static boolean isCalled(CloudletNode node, String name) {
    return node.getMetadata().getName().equals(name);
  }

  /** The nodes that answer and serve the package. */
  private Stream<CloudletNode> holders(String digest) {
    return cluster.nodes().by(CloudletNodeIndexes.HOLDING, digest).stream()
        .filter(it -> cluster.liveness().isAlive(it.getMetadata().getName()))
        .filter(it -> it.getStatus().bases().stream().anyMatch(base -> serves(base, digest)));
  }

  private static boolean serves(NodeBase base, String digest) {
    return base.digest().equals(digest)
        && base.phase() == NodeCopyPhase.READY
        && base.packageBytes() != null;
  }

  private static Optional<String> url(CloudletNode node, String digest) {
    String address = node.getStatus().address();
    if (address == null || !digest.startsWith(ALGORITHM)) {
      return Optional.empty();
    }
    String root = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    return Optional.of(root + "/v1/bases/" + digest.substring(ALGORITHM.length()));
  }

  private Stream<String> sources(String digest) {
    return cluster.bases().by(BaseVMIndexes.DIGEST, digest).stream()
        .sorted(Comparator.comparing(PackageUrls::key))
        .map(base -> base.getSpec().source().exported())
        .flatMap(Stream::ofNullable)
        .map(PackageSource::url);
  }

  private static String key(BaseVM base) {
    return base.getMetadata().getNamespace() + '/' + base.getMetadata().getName();
  }
}
