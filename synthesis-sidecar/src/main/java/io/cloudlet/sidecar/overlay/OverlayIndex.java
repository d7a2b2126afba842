package io.cloudlet.sidecar.overlay;

import java.util.List;

/**
 * Which pages an overlay changes and where each comes from. A page that no run holds is as in the
 * base's image of the same name, or zero where the base has no such page.
 *
 * @param images the runs of each image, in the order of {@link OverlayManifest#images}
 */
public record OverlayIndex(List<ImageRuns> images) {
  /** Copies the list. */
  public OverlayIndex {
    images = List.copyOf(images);
  }

  /** All runs of all images. */
  public long runs() {
    return images.stream().mapToLong(ImageRuns::size).sum();
  }

  /** All changed pages of one kind. */
  public long pages(RunKind kind) {
    return images.stream().mapToLong(image -> image.pages(kind)).sum();
  }
}
