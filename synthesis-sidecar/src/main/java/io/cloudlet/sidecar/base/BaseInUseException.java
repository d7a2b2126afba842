package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.CloudletException;
import java.util.List;

/** A base VM cannot be removed, because something stands on it. */
public final class BaseInUseException extends CloudletException {
  private static final long serialVersionUID = 1L;

  BaseInUseException(BaseName name, List<String> users) {
    super(
        "base VM "
            + name
            + " is used by "
            + String.join(", ", users)
            + "; remove what uses it first");
  }
}
