package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.Digest;

/**
 * One independently coded piece of an overlay's new pages.
 *
 * @param number position in the directory
 * @param offset first byte in the file
 * @param stored bytes in the file
 * @param firstSlot slot of its first page
 * @param pages pages that it decodes to, 1 to {@link OverlayLimits#SEGMENT_PAGES}
 * @param digest SHA-256 of the stored bytes
 * @param codec how they become pages
 */
public record Segment(
    int number,
    long offset,
    int stored,
    int firstSlot,
    int pages,
    Digest digest,
    SegmentCodec codec) {
  /** Slot after its last page. */
  public int endSlot() {
    return firstSlot + pages;
  }
}
