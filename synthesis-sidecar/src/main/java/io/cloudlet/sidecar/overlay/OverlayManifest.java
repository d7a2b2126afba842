package io.cloudlet.sidecar.overlay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.machine.Machine;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an overlay says about itself; JSON in the file.
 *
 * @param format version of the file format
 * @param created when it was written, ISO 8601 in UTC; the only thing that differs between two
 *     overlays of the same input
 * @param base digest of the base's manifest; null when the base is known by its images alone
 * @param machine the hardware that the device state belongs to; null when there is none
 * @param images the images that the overlay describes
 * @param baseImages the base's images, to which the index refers by position
 * @param blobs parts that are not pages
 * @param effort how it was compressed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OverlayManifest(
    int format,
    String created,
    @Nullable Digest base,
    @Nullable Machine machine,
    List<OverlayImage> images,
    List<BaseImageRef> baseImages,
    List<Blob> blobs,
    Effort effort) {

  /** Copies the lists, checks their sizes and that no name is there twice. */
  public OverlayManifest {
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(effort, "effort");
    images = List.copyOf(Objects.requireNonNull(images, "images"));
    baseImages = List.copyOf(Objects.requireNonNull(baseImages, "baseImages"));
    blobs = List.copyOf(Objects.requireNonNull(blobs, "blobs"));
    requireDistinct("images", images.stream().map(OverlayImage::id), images.size());
    requireDistinct("baseImages", baseImages.stream().map(BaseImageRef::id), baseImages.size());
    requireDistinct("blobs", blobs.stream().map(Blob::name), blobs.size());
  }

  /** The blob of a name, if there is one. */
  public Optional<Blob> blob(BlobName name) {
    return blobs.stream().filter(blob -> blob.name() == name).findFirst();
  }

  /** Position of an image in {@link #images}, or -1. */
  public int image(ImageId id) {
    return position(images.stream().map(OverlayImage::id).toList(), id);
  }

  /** Position of an image in {@link #baseImages}, or -1. */
  public int baseImage(ImageId id) {
    return position(baseImages.stream().map(BaseImageRef::id).toList(), id);
  }

  /** The statistics of all images together. */
  public PageCounts pages() {
    return images.stream()
        .map(OverlayImage::pages)
        .reduce(new PageCounts(0, 0, 0, 0), PageCounts::plus);
  }

  private static int position(List<ImageId> ids, ImageId id) {
    return ids.indexOf(id);
  }

  private static void requireDistinct(String field, Stream<?> names, int size) {
    Set<Object> seen = new HashSet<>();
    names
        .filter(name -> !seen.add(name))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(field + " has " + name + " twice");
        });
    if (size > OverlayLimits.IMAGES) {
      throw new IllegalArgumentException(field + " has " + size + " entries");
    }
  }
}
