package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.job.Desk;
import io.cloudlet.sidecar.agent.job.JobKey;
import io.cloudlet.sidecar.agent.job.JobRequest;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.synthesis.NextStart;
import io.cloudlet.sidecar.agent.synthesis.OverlayPlaces;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.CacheOverlay;
import io.cloudlet.sidecar.node.DataDirectory;
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
            false,
            desk -> fill(overlay, url, desk),
            changed));
  }

  private void fill(Digest overlay, @Nullable String url, Desk desk) throws IOException {
    try (OverlayReader reader = desk.fetching(() -> overlays.open(overlay, url, desk))) {
      boolean _ = desk.heavily(() -> new CacheOverlay(data, desk).run(reader));
    }
  }
}
