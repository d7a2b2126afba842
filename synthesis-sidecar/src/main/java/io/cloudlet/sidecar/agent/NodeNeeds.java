package io.cloudlet.sidecar.agent;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.PackageSource;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.sidecar.agent.base.Bases;
import io.cloudlet.sidecar.agent.cache.Discards;
import io.cloudlet.sidecar.agent.cache.OverlayFiles;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.node.WantedBases;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;

/**
 * What this node itself knows to be needed here. The operator, which sees all objects, decides what
 * may go; of what has just been made or begun here it may not have heard yet.
 */
record NodeNeeds(
    WantedBases wanted,
    OverlayFiles overlays,
    Bases made,
    Placed<BaseVM> bases,
    Placed<Synthesis> syntheses)
    implements Discards.Needs {
  @Override
  public boolean include(Digest digest) throws IOException {
    String named = digest.toString();
    return wanted.digests().contains(named)
        || overlays.digests().contains(named)
        || made.isMadeHere(digest)
        || bases.all().stream().anyMatch(it -> names(it, named))
        || syntheses.all().stream().anyMatch(it -> names(it, named));
  }

  private static boolean names(BaseVM base, String digest) {
    PackageSource exported = base.getSpec().source().exported();
    return exported != null && digest.equals(exported.digest());
  }

  /** That an overlay from elsewhere needs a base VM gives nobody a right to it. */
  private static boolean names(Synthesis synthesis, String digest) {
    SynthesisStatus status = synthesis.getStatus();
    boolean byBase = synthesis.getSpec().overlayUrl() == null;
    return digest.equals(synthesis.getSpec().digest())
        || (status != null
            && (digest.equals(status.overlayDigest())
                || (byBase && digest.equals(status.baseDigest()))));
  }
}
