package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CloudletException;

/** The same file is being fetched already, by this process or another one. */
public final class FetchBusyException extends CloudletException {
  private static final long serialVersionUID = 1L;

  /** Names what is fetched, without credentials. */
  FetchBusyException(String url) {
    super(url + " is being fetched already; wait for it or stop it");
  }
}
