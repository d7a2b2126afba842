package io.cloudlet.sidecar.agent.node;

import io.cloudlet.api.v1alpha1.CloudletNodeStatusBuilder;
import io.cloudlet.api.v1alpha1.NodeBase;
import io.cloudlet.api.v1alpha1.NodeCopyPhase;
import io.cloudlet.sidecar.agent.control.Amounts;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The base VMs of this node, and those that are on their way. */
public final class BaseInventory implements NodeInventory {
  private static final int LONGEST_MESSAGE = 1024;

  /** Sizes of a base VM; null where there is none to tell. */
  public interface Sizes {
    /** What its files take on the disk. */
    @Nullable Long storedBytes(BaseEntry base) throws IOException;

    /** Size of its package, when it can be fetched from here. */
    @Nullable Long packageBytes(Digest base) throws IOException;
  }

  private final DataDirectory data;
  private final WantedBases wanted;
  private final Sizes sizes;

  /** Of a data directory. */
  public BaseInventory(DataDirectory data, WantedBases wanted, Sizes sizes) {
    this.data = data;
    this.wanted = wanted;
    this.sizes = sizes;
  }

  @Override
  public void addTo(CloudletNodeStatusBuilder status) throws IOException {
    List<NodeBase> bases = new ArrayList<>();
    Set<String> here = new HashSet<>();
    for (BaseEntry base : BaseStore.at(data.bases()).list()) {
      here.add(base.digest().toString());
      bases.add(
          new NodeBase(
              base.digest().toString(),
              NodeCopyPhase.READY,
              null,
              sizes.storedBytes(base),
              sizes.packageBytes(base.digest()),
              null));
    }
    for (String digest : wanted.digests()) {
      if (!here.contains(digest)) {
        bases.add(coming(digest, wanted.state(digest)));
      }
    }
    bases.sort(Comparator.comparing(NodeBase::digest));
    status.bases(bases);
  }

  private static NodeBase coming(String digest, JobState state) {
    boolean failed = state instanceof JobState.Failed;
    return new NodeBase(
        digest,
        failed ? NodeCopyPhase.FAILED : NodeCopyPhase.FETCHING,
        Amounts.progress(state),
        null,
        null,
        failed || Amounts.isUnanswered(state) ? bounded(Amounts.words(state, "on its way")) : null);
  }

  private static String bounded(String message) {
    return message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
  }
}
