package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;

/** A source gives another base VM than the one that is wanted. */
final class WrongBaseException extends CloudletException {
  private static final long serialVersionUID = 1L;

  WrongBaseException(String source, Digest wanted, Digest found) {
    super(source + " is a package of base VM " + found + ", not of " + wanted + "; check the URL");
  }
}
