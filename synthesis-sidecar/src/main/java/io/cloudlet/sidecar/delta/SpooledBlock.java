package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageSource;
import java.lang.foreign.MemorySegment;

/** The changed pages of one block of memory, in the mapped spool that all blocks share. */
record SpooledBlock(long length, MemorySegment segment, PageSlots states) implements PageSource {
  /** As in the base. */
  static final int UNCHANGED = 0;

  /** All zero, unlike the base's page. Any other number is that of a page in the spool, plus 1. */
  static final int ZEROED = -1;

  @Override
  public long offsetOf(long page) {
    int state = states.get(page);
    return switch (state) {
      case UNCHANGED -> ABSENT;
      case ZEROED -> ZERO;
      default -> (long) (state - 1) << Page.SHIFT;
    };
  }

  /** The spool is closed by its owner. */
  @Override
  public void close() {}
}
