package io.cloudlet.standalone.kubernetes;

import io.cloudlet.sidecar.image.CloudletException;

/** This machine has no API server, and none could be brought; the message names each way tried. */
public final class MissingProgramsException extends CloudletException {
  private static final long serialVersionUID = 1L;

  MissingProgramsException(String message, Throwable cause) {
    super(message, cause);
  }
}
