package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.store.RemoteFileException.Reason;
import java.io.IOException;
import java.time.Duration;

/** A request failed in a way that another try may mend. */
final class TransientException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final Duration wait;

  TransientException(Reason reason, String message) {
    this(reason, message, Duration.ZERO);
  }

  /** With the time that the server asks to be left alone. */
  TransientException(Reason reason, String message, Duration wait) {
    super(message);
    this.reason = reason;
    this.wait = wait;
  }

  Reason reason() {
    return reason;
  }

  Duration wanted() {
    return wait;
  }
}
