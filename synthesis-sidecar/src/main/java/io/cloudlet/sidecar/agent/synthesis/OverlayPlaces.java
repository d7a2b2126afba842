package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds overlays. Thread-safe. */
@FunctionalInterface
public interface OverlayPlaces {
  /**
   * Opens an overlay: its file on this node if there is one, otherwise at the URL.
   *
   * @param url where it is elsewhere; null when nobody knows
   * @return the very overlay with that digest; the caller closes it
   */
  OverlayReader open(Digest root, @Nullable String url, Progress progress) throws IOException;
}
