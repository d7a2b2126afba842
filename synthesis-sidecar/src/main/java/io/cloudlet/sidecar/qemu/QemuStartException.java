package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;

/** QEMU did not start; its own words are in the message. */
public final class QemuStartException extends CloudletException {
  private static final long serialVersionUID = 1L;

  QemuStartException(String said, Throwable cause) {
    super("QEMU did not start: " + (said.isEmpty() ? cause.getMessage() : said), cause);
  }
}
