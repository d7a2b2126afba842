package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.job.JobKey;
import io.cloudlet.sidecar.agent.job.JobRequest;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.synthesis.NextStart;
import io.cloudlet.sidecar.agent.synthesis.OverlayPlaces;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.CacheOverlay;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes memory images of overlays that were synthesised here.
 *
 * @param changed hears of one that has been made; returns at once
 */
record PreparedStarts(DataDirectory data, Jobs jobs, OverlayPlaces overlays, Runnable changed)
    implements NextStart {
  @Override
  public void prepare(Digest overlay, @Nullable String url) {
    jobs.start(
        new JobRequest(
            new JobKey(overlay.hex(), "prepare"),
            "the preparation of overlay " + overlay.shortHex(),
            null,
            true,
            progress -> fill(overlay, url, progress),
            changed));
  }

  private void fill(Digest overlay, @Nullable String url, Progress progress) throws IOException {
    try (OverlayReader reader = overlays.open(overlay, url, progress)) {
      new CacheOverlay(data, progress).run(reader);
    }
  }
}
