package io.cloudlet.sidecar.overlay;

import java.util.List;

/**
 * All segments, in the order of the file, which is the order of their slots.
 *
 * @param segments without gap, from the end of the header on
 */
public record SegmentDirectory(List<Segment> segments) {
  /** Copies the list. */
  public SegmentDirectory {
    segments = List.copyOf(segments);
  }

  /** Slots of the overlay. */
  public int slots() {
    return segments.isEmpty() ? 0 : segments.getLast().endSlot();
  }

  /** First byte after the last segment. */
  public long end() {
    if (segments.isEmpty()) {
      return Header.LENGTH;
    }
    Segment last = segments.getLast();
    return last.offset() + last.stored();
  }

  /** The segment that holds a slot, 0 to {@link #slots}, exclusive. */
  public Segment ofSlot(int slot) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (slot < segments.get(middle).endSlot()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return segments.get(low);
  }
}
