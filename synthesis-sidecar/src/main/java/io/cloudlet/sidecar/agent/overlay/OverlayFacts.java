package io.cloudlet.sidecar.agent.overlay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloudlet.api.v1alpha1.Effort;
import io.cloudlet.api.v1alpha1.OverlayImageStatus;
import io.cloudlet.api.v1alpha1.PageStatistics;
import io.cloudlet.sidecar.overlay.OverlayManifest;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.PageCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the overlay of a VMOverlay.
 *
 * @param object namespace and name of the VMOverlay, with a slash between them
 * @param vm the VM that is, or was, captured; null when it was made elsewhere
 * @param made what it is; null until it has been verified
 * @param pauseMillis for how long the guest stood still; null when nobody knows any more
 * @param totalMillis how long the capture took; null when nobody knows any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OverlayFacts(
    @Nullable String object,
    @Nullable String vm,
    @Nullable Made made,
    @Nullable Long pauseMillis,
    @Nullable Long totalMillis) {
  /** A verified overlay, from its own manifest. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Made(
      String digest,
      @Nullable String baseDigest,
      String created,
      long bytes,
      Effort effort,
      boolean resumes,
      PageStatistics pages,
      List<OverlayImageStatus> images) {
    static Made of(OverlayReader overlay) {
      OverlayManifest manifest = overlay.manifest();
      return new Made(
          overlay.root().toString(),
          manifest.base() == null ? null : manifest.base().toString(),
          manifest.created(),
          overlay.length(),
          OverlayFacts.apiEffort(manifest.effort()),
          !manifest.blobs().isEmpty(),
          OverlayFacts.counted(manifest.pages()),
          manifest.images().stream()
              .map(image ->
                  new OverlayImageStatus(
                      image.id().toString(), image.length(), OverlayFacts.counted(image.pages())))
              .toList());
    }
  }

  /** A capture is about to begin. */
  static OverlayFacts beginning(String object, String vm) {
    return new OverlayFacts(object, vm, null, null, null);
  }

  /** The overlay is there. */
  OverlayFacts with(Made overlay) {
    return new OverlayFacts(object, vm, overlay, pauseMillis, totalMillis);
  }

  private static PageStatistics counted(PageCounts counts) {
    return new PageStatistics(counts.zero(), counts.base(), counts.repeated(), counts.fresh());
  }

  private static Effort apiEffort(io.cloudlet.sidecar.overlay.Effort effort) {
    return switch (effort) {
      case FAST -> Effort.FAST;
      case BALANCED -> Effort.BALANCED;
      case BEST -> Effort.BEST;
    };
  }
}
