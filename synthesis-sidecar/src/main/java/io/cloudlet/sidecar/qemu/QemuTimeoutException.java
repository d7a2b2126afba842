package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;
import java.time.Duration;

/** QEMU did not do something within its time. */
public final class QemuTimeoutException extends CloudletException {
  private static final long serialVersionUID = 1L;

  /** Of something that did not happen within a time. */
  public QemuTimeoutException(String what, Duration limit) {
    super(what + " within " + limit.toMillis() + " ms");
  }
}
