package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;

/** A file that was given as a disk is none. Another try with the same file cannot help. */
public final class NoDiskException extends CloudletException {
  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param file as the caller knows it
   * @param reason as it follows the name
   */
  NoDiskException(String file, String reason) {
    super(file + " " + reason + "; give a raw or qcow2 image");
  }
}
