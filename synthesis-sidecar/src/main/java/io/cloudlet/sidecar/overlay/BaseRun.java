package io.cloudlet.sidecar.overlay;

/**
 * Consecutive pages of the base.
 *
 * @param image ordinal in {@link OverlayManifest#baseImages}
 * @param page first page
 * @param count pages, at least 1
 */
public record BaseRun(int image, int page, int count) {
  /** Refuses negative numbers, empty runs and runs past the last possible page. */
  public BaseRun {
    if (image < 0 || page < 0 || count < 1 || page > OverlayLimits.PAGES - count) {
      throw new IllegalArgumentException("no run: " + image + ":" + page + "+" + count);
    }
  }
}
