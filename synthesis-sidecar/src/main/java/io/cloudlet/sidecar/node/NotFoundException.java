package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;

/** A name means nothing on this machine. */
public final class NotFoundException extends CloudletException {
  private static final long serialVersionUID = 1L;

  /** With what is missing, and where to look for what there is. */
  public NotFoundException(String message) {
    super(message);
  }
}
