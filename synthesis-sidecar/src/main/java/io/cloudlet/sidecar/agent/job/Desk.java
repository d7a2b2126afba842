package io.cloudlet.sidecar.agent.job;

import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;

/**
 * What a job has at hand: where it tells how far it has come, and its turns at what only so many
 * jobs may use at once. A turn lasts as long as the part of the work that needs it, so that who
 * waits for a server does not keep others from the processor.
 */
public interface Desk extends Progress {
  /** Does a part that takes a processor for long, when it is this job's turn. */
  <T> T heavily(Part<T> part) throws IOException;

  /** Does a part that fetches something over the network, when it is this job's turn. */
  <T> T fetching(Part<T> part) throws IOException;

  /** A part of the work. */
  @FunctionalInterface
  interface Part<T> {
    /** Does it. */
    T run() throws IOException;
  }
}
