package io.cloudlet.sidecar.overlay;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloudlet.sidecar.image.ImageId;
import java.util.Objects;

/**
 * An image of the state that an overlay leads to.
 *
 * @param id its name; the base's image of the same name, if there is one, lies below it
 * @param length bytes; pages beyond the base's image are zero unless they are changed
 * @param pages how its changed pages are kept
 */
public record OverlayImage(ImageId id, long length, PageCounts pages) {
  /** Checks the length. */
  public OverlayImage {
    Objects.requireNonNull(id, "images.id");
    Objects.requireNonNull(pages, "images.pages");
    BaseImageRef.checkLength(id, length);
  }

  @JsonCreator
  static OverlayImage parse(
      @JsonProperty("id") String id,
      @JsonProperty("length") long length,
      @JsonProperty("pages") PageCounts pages) {
    return new OverlayImage(ImageId.parse(id), length, pages);
  }
}
