package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;

/** QEMU ended, or nobody listens on its sockets. */
public final class QemuGoneException extends CloudletException {
  private static final long serialVersionUID = 1L;

  QemuGoneException(String message) {
    super(message);
  }

  QemuGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
