package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.sidecar.image.Digest;
import org.jspecify.annotations.Nullable;

/** Prepares what makes an overlay's next start on this node a matter of a moment. */
@FunctionalInterface
public interface NextStart {
  /**
   * Begins to prepare it, when there is time. Returns at once.
   *
   * @param url where the overlay is, unless on this node; null when nobody knows
   */
  void prepare(Digest overlay, @Nullable String url);
}
