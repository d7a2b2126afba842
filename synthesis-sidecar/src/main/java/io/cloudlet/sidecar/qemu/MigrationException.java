package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;
import org.jspecify.annotations.Nullable;

/** QEMU did not save or load a VM's state; its own words are in the message. */
public final class MigrationException extends CloudletException {
  private static final long serialVersionUID = 1L;

  MigrationException(String what, String said, @Nullable Throwable cause) {
    super(what + (said.isEmpty() ? "; it gave no reason" : ": " + said));
    if (cause != null) {
      initCause(cause);
    }
  }
}
