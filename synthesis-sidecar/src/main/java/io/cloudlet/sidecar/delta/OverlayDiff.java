package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.base.PageIndex;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes an overlay from files that somebody has: a base's and a changed state's. What it leads back
 * to is the content of disks and of memory, bit for bit, and the file of a migration stream too
 * where {@link StreamReplay#isPossible}; not the container that a qcow2 file is.
 */
public final class OverlayDiff {
  private final EncodeOptions options;
  private final Progress progress;

  /** A difference with these options that reports to {@code progress}. */
  public OverlayDiff(EncodeOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Writes the overlay from {@code base} to {@code changed}.
   *
   * @param work a folder with room for what has to be unpacked
   * @throws io.cloudlet.sidecar.image.CloudletException when a file is missing or not of a form
   *     that can be used
   * @throws CancelledException when the thread is interrupted
   */
  public OverlaySummary create(StateFiles base, StateFiles changed, Path work, Path target)
      throws IOException {
    try (FlatBase below = FlatBase.open(base, work);
        PageIndex index = below.index();
        ChangedState state = ChangedState.open(changed, base, below, work)) {
      OverlayContent content =
          new OverlayContent(below.view(index), null, state.images(), state.blobs());
      return new OverlayEncoder(options, progress).encode(content, target);
    }
  }
}
