package io.cloudlet.sidecar.agent.job;

import java.io.IOException;

/**
 * What a job does. Ends soon after its thread has been interrupted, and leaves nothing half done.
 */
@FunctionalInterface
public interface Work {
  /** Does it. What it makes has to be found again by who looks for it, after a restart as well. */
  void run(Desk desk) throws IOException;
}
