package io.cloudlet.sidecar.agent;

import io.cloudlet.sidecar.agent.cache.Discards;
import io.cloudlet.sidecar.agent.job.JobKey;
import io.cloudlet.sidecar.agent.job.JobRequest;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.node.Discarding;
import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.util.List;

/**
 * Removes copies as the operator says.
 *
 * @param needs what this node itself knows to be needed
 * @param changed hears of copies that are gone; returns at once
 */
record UnneededCopies(Jobs jobs, Discards discards, Discards.Needs needs, Runnable changed)
    implements Discarding {
  @Override
  public void discard(List<String> digests) {
    if (digests.isEmpty()) {
      return;
    }
    // Its end alone is no news: what could not go yet would be tried again at once, and for ever.
    jobs.start(
        new JobRequest(
            new JobKey("copies", "discard"),
            "the removal of copies that nobody needs",
            null,
            false,
            _ -> remove(digests),
            () -> {}));
  }

  private void remove(List<String> digests) throws IOException {
    if (discards.run(digests.stream().map(Digest::parse).toList(), needs) > 0) {
      changed.run();
    }
  }
}
