package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import java.util.Objects;

/**
 * One image of a base VM.
 *
 * @param id which disk or block of memory
 * @param length bytes, at least 1
 * @param digest its image digest (FORMAT.md, "Image digests")
 */
public record BaseImage(ImageId id, long length, Digest digest) {
  /** Checks that everything is there. */
  public BaseImage {
    Objects.requireNonNull(id, "image.id");
    Objects.requireNonNull(digest, "image.digest");
    if (length <= 0) {
      throw new IllegalArgumentException("image " + id + " has no length: " + length);
    }
  }
}
