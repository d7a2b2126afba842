package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.overlay.OverlayManifest;
import io.cloudlet.sidecar.overlay.PageCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An overlay as the commands show it; the names are part of the command line's contract.
 *
 * @param file path or URL
 * @param digest its root digest
 * @param bytes of the file
 * @param base digest of its base VM; null when that is known by its images alone
 * @param resumes whether it holds memory; otherwise it boots
 */
record OverlayView(
    String file,
    String digest,
    long bytes,
    @Nullable String base,
    String effort,
    String created,
    boolean resumes,
    List<Image> images) {
  /**
   * One of its images.
   *
   * @param id {@code disk/disk0}, {@code memory/pc.ram}
   * @param bytes length of the image
   * @param pages how its changed pages are kept
   */
  record Image(String id, long bytes, PageCounts pages) {}

  static OverlayView of(String file, Digest root, long bytes, OverlayManifest manifest) {
    return new OverlayView(
        file,
        root.toString(),
        bytes,
        manifest.base() == null ? null : manifest.base().toString(),
        manifest.effort().toString(),
        manifest.created(),
        !manifest.blobs().isEmpty(),
        manifest.images().stream()
            .map(image -> new Image(image.id().toString(), image.length(), image.pages()))
            .toList());
  }
}
