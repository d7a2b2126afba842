package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.delta.EncodeOptions;
import io.cloudlet.sidecar.delta.OverlayDiff;
import io.cloudlet.sidecar.delta.OverlaySummary;
import io.cloudlet.sidecar.delta.StateFiles;
import io.cloudlet.sidecar.overlay.Effort;
import java.io.IOException;
import java.nio.file.Path;

/** Makes an overlay from files of a base and of a changed state that somebody has. */
public final class DiffFiles {
  private final DataDirectory data;
  private final Progress progress;

  /** With room for what has to be unpacked in a data directory. */
  public DiffFiles(DataDirectory data, Progress progress) {
    this.data = data;
    this.progress = progress;
  }

  /** Does it; see {@link OverlayDiff#create}. */
  public OverlaySummary run(StateFiles base, StateFiles changed, Effort effort, Path target)
      throws IOException {
    try (EncodingProgress shown = new EncodingProgress(progress)) {
      return new OverlayDiff(EncodeOptions.of(effort), shown)
          .create(base, changed, data.temporary(), target);
    }
  }
}
