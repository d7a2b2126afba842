package io.cloudlet.sidecar.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.cloudlet.sidecar.image.Page;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Changes pages of a segment in place and back. Used by one thread at a time. */
final class Filters {
  private byte[] bytes = new byte[0];
  private byte[] moved = new byte[0];

  /**
   * Changes pages.
   *
   * @param pages of a whole segment
   * @param runs within the segment, without overlap
   */
  void apply(MemorySegment pages, List<FilterRun> runs) {
    for (FilterRun run : runs) {
      byte[] from = load(pages, run);
      switch (run.filter()) {
        case BRANCHES -> {
          BranchFilter.apply(from, run.bytes(), run.offset());
          store(from, pages, run);
        }
        case COLUMNS -> {
          ColumnFilter.apply(from, run.bytes(), moved);
          store(moved, pages, run);
        }
      }
    }
  }

  /** Undoes {@link #apply} of the same runs. */
  void undo(MemorySegment pages, List<FilterRun> runs) {
    for (FilterRun run : runs) {
      byte[] from = load(pages, run);
      switch (run.filter()) {
        case BRANCHES -> {
          BranchFilter.undo(from, run.bytes(), run.offset());
          store(from, pages, run);
        }
        case COLUMNS -> {
          ColumnFilter.undo(from, run.bytes(), moved);
          store(moved, pages, run);
        }
      }
    }
  }

  private byte[] load(MemorySegment pages, FilterRun run) {
    if (bytes.length == 0) {
      bytes = new byte[FilterRun.MOST_PAGES << Page.SHIFT];
      moved = new byte[FilterRun.MOST_PAGES << Page.SHIFT];
    }
    MemorySegment.copy(pages, JAVA_BYTE, run.offset(), bytes, 0, run.bytes());
    return bytes;
  }

  private static void store(byte[] changed, MemorySegment pages, FilterRun run) {
    MemorySegment.copy(changed, 0, pages, JAVA_BYTE, run.offset(), run.bytes());
  }
}
