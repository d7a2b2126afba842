package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageId;
import java.nio.file.Path;

/** A sound file, but not the one that an overlay was made with. */
public final class OtherBaseException extends CloudletException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the file.
   *
   * @param overlay how the overlay is called
   * @param difference what the file has, and what it has to have
   */
  OtherBaseException(String overlay, ImageId image, Path file, String difference) {
    super(
        overlay
            + " was made for another base than "
            + file
            + ": the base's "
            + image
            + " has "
            + difference
            + "; give the files of the base that it was made with");
  }
}
