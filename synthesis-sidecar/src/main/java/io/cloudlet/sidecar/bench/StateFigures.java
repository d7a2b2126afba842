package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.delta.OverlaySummary;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.OverlayImage;
import io.cloudlet.sidecar.overlay.PageCounts;

/**
 * The state that everything is measured on.
 *
 * @param disk changed pages of the disk
 * @param memory changed pages of memory
 * @param changedBytes all changed pages
 * @param newBytes what is left of them after deduplication: the input of the general tools
 * @param streamBytes QEMU's own migration stream of the same VM
 */
public record StateFigures(
    PageCounts disk, PageCounts memory, long changedBytes, long newBytes, long streamBytes) {
  /** Of an overlay, and the length of QEMU's stream. */
  static StateFigures of(OverlaySummary overlay, long streamBytes) {
    PageCounts disk = count(overlay, ImageKind.DISK);
    PageCounts memory = count(overlay, ImageKind.MEMORY);
    return new StateFigures(
        disk,
        memory,
        (disk.total() + memory.total()) << Page.SHIFT,
        (disk.fresh() + memory.fresh()) << Page.SHIFT,
        streamBytes);
  }

  private static PageCounts count(OverlaySummary overlay, ImageKind kind) {
    return overlay.manifest().images().stream()
        .filter(image -> image.id().kind() == kind)
        .map(OverlayImage::pages)
        .reduce(new PageCounts(0, 0, 0, 0), PageCounts::plus);
  }
}
