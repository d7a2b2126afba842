package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.CloudletException;

/** No base VM, or more than one, is meant by a name or digest. */
public final class NoSuchBaseException extends CloudletException {
  private static final long serialVersionUID = 1L;

  NoSuchBaseException(String message) {
    super(message);
  }
}
