package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.agent.synthesis.OverlayPlaces;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.FetchProgress;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.store.HttpAccess;
import io.cloudlet.sidecar.store.HttpPolicy;
import io.cloudlet.sidecar.store.OverlaySources;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens overlays of this node and of others. */
record LocalOverlays(DataDirectory data, HttpAccess access) implements OverlayPlaces {
  @Override
  public OverlayReader open(Digest root, @Nullable String url, Progress progress)
      throws IOException {
    if (url == null) {
      throw new ProblemException(
          Problem.passing(
              "OverlayNotHere",
              "overlay "
                  + root
                  + " is not on the node, and nobody has said where it is; its"
                  + " VMOverlay has to be Ready"));
    }
    return verified(distant(url, progress), root);
  }

  private OverlayReader distant(String url, Progress progress) throws IOException {
    // Closed with the fetch: a progress that has been closed shows nothing more.
    FetchProgress shown = FetchProgress.ofWhole(progress);
    return OverlayReader.open(
        new OverlaySources(data.temporary(), HttpPolicy.DEFAULT, access, shown).open(url));
  }

  private static OverlayReader verified(OverlayReader overlay, Digest root) throws IOException {
    if (overlay.root().equals(root)) {
      return overlay;
    }
    try (overlay) {
      throw new ProblemException(
          Problem.lasting(
              "DigestMismatch",
              overlay.describe()
                  + " is the overlay "
                  + overlay.root()
                  + ", not "
                  + root
                  + "; correct the digest, or the URL"));
    }
  }
}
