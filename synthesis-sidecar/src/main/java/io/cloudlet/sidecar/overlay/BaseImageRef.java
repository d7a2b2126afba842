package io.cloudlet.sidecar.overlay;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import java.util.Objects;

/**
 * An image of the base, as the overlay expects it.
 *
 * @param id its name
 * @param length bytes
 * @param digest digest of its chunk digests, as FORMAT.md defines it
 */
public record BaseImageRef(ImageId id, long length, Digest digest) {
  /** Checks the length. */
  public BaseImageRef {
    Objects.requireNonNull(id, "baseImages.id");
    Objects.requireNonNull(digest, "baseImages.digest");
    checkLength(id, length);
  }

  @JsonCreator
  static BaseImageRef parse(
      @JsonProperty("id") String id,
      @JsonProperty("length") long length,
      @JsonProperty("digest") String digest) {
    return new BaseImageRef(ImageId.parse(id), length, Digest.parse(digest));
  }

  static void checkLength(ImageId id, long length) {
    if (length < 0 || length > (long) OverlayLimits.PAGES << Page.SHIFT) {
      throw new IllegalArgumentException(id + " has an impossible length: " + length);
    }
  }
}
