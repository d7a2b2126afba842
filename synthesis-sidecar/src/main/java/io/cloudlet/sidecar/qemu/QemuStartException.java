package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;
import java.nio.file.Path;

/** QEMU did not start; its own words are in the message. */
public final class QemuStartException extends CloudletException {
  private static final long serialVersionUID = 1L;

  QemuStartException(String said, Path log, Throwable cause) {
    super(
        "QEMU did not start: " + (said.isEmpty() ? cause.getMessage() : said) + " (" + log + ")",
        cause);
  }
}
