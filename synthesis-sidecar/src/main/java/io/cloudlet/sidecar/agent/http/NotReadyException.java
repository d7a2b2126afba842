package io.cloudlet.sidecar.agent.http;

import io.cloudlet.sidecar.image.CloudletException;
import java.time.Duration;

/** What is asked for is being made; whoever asks again later gets it. */
public final class NotReadyException extends CloudletException {
  private static final long serialVersionUID = 1L;

  private final Duration pause;

  /**
   * Says what is being made.
   *
   * @param pause until it is worth to ask again, at least a second
   */
  public NotReadyException(String what, Duration pause) {
    super(what + " is being made; ask again in " + pause.toSeconds() + " s");
    this.pause = pause;
  }

  /** Until it is worth to ask again. */
  public Duration pause() {
    return pause;
  }
}
