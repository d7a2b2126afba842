package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.cache.OverlayFiles;
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
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens overlays of this node and of others. */
record LocalOverlays(DataDirectory data, OverlayFiles files, HttpAccess access)
    implements OverlayPlaces {
  @Override
  public OverlayReader open(Digest root, @Nullable String url, Progress progress)
      throws IOException {
    Optional<Path> here = files.path(root);
    if (here.isPresent()) {
      return verified(OverlayReader.open(here.get()), root);
    }
    if (url == null) {
      throw new ProblemException(
          Problem.passing(
              "OverlayNotHere",
              "overlay "
                  + root
                  + " is not on the node, and nobody has said where it is; its VMOverlay has to be"
                  + " Ready"));
    }
    // Not closed: it ends with the stage that shows it, and has nothing else to be freed.
    FetchProgress shown = FetchProgress.ofWhole(progress);
    OverlaySources sources =
        new OverlaySources(data.temporary(), HttpPolicy.DEFAULT, access, shown);
    return verified(OverlayReader.open(sources.open(url)), root);
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
