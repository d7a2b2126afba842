package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CloudletException;

/** The thread that did the work was interrupted; nothing remains of what it had begun. */
public final class CancelledException extends CloudletException {
  private static final long serialVersionUID = 1L;

  /** Names what was not finished. */
  public CancelledException(String what) {
    super(what + " was cancelled; start it again when it is wanted");
  }

  static void check(String what) throws CancelledException {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException(what);
    }
  }
}
