package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.CloudletException;

/** A base VM is there already, or another one has its name. */
public final class DuplicateBaseException extends CloudletException {
  private static final long serialVersionUID = 1L;

  DuplicateBaseException(String message) {
    super(message);
  }
}
