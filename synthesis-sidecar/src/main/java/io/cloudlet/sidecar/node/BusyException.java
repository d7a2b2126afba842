package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;

/** Another command is working on the same thing. */
public final class BusyException extends CloudletException {
  private static final long serialVersionUID = 1L;

  /**
   * Says who is in the way.
   *
   * @param resource what both want, such as {@code VM web}
   * @param holder who has it
   */
  public BusyException(String resource, String holder) {
    super(resource + " is in use by " + holder + "; wait until it has ended, or end it");
  }
}
