package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.overlay.BlobName;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an overlay is made of. Owns nothing.
 *
 * @param base what it is made against
 * @param machine the hardware of the device state; null when there is none
 * @param images all images of the new state, changed or not. Disks first: guest memory that caches
 *     them then becomes repetitions of their pages
 * @param blobs what is kept besides pages
 */
public record OverlayContent(
    BaseView base,
    @Nullable Machine machine,
    List<ChangedImage> images,
    Map<BlobName, byte[]> blobs) {
  /** Copies the collections, not the blobs' bytes. */
  public OverlayContent {
    images = List.copyOf(images);
    EnumMap<BlobName, byte[]> sorted = new EnumMap<>(BlobName.class);
    sorted.putAll(blobs);
    blobs = Collections.unmodifiableMap(sorted);
  }
}
