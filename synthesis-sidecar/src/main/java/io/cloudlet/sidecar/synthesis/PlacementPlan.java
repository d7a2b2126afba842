package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.overlay.ImageRuns;
import io.cloudlet.sidecar.overlay.OverlayIndex;
import io.cloudlet.sidecar.overlay.RunKind;
import io.cloudlet.sidecar.overlay.SegmentDirectory;
import java.util.BitSet;

/**
 * For each segment of an overlay, where its pages go: the index turned round.
 *
 * <p>A piece is a run of consecutive pages of one segment that go to consecutive pages of one
 * image. The same slots may be in several pieces. Kept in arrays of primitives, 16 bytes a piece;
 * within a segment the pieces are in the order of images and pages, so that files are written in
 * ascending order. Immutable.
 */
final class PlacementPlan {
  /** Pieces of segment n: from {@code first[n]} to {@code first[n + 1]}, exclusive. */
  private final int[] first;

  private final short[] images;
  private final int[] slots;
  private final int[] pages;
  private final int[] counts;
  private final long pageCount;

  private PlacementPlan(int[] first, long pageCount) {
    int pieces = first[first.length - 1];
    this.first = first;
    this.images = new short[pieces];
    this.slots = new int[pieces];
    this.pages = new int[pieces];
    this.counts = new int[pieces];
    this.pageCount = pageCount;
  }

  /**
   * Plans the placing of some images.
   *
   * @param wanted ordinals of the images whose pages are placed; pages of others are left out
   */
  static PlacementPlan of(OverlayIndex index, SegmentDirectory directory, BitSet wanted) {
    int[] first = new int[directory.segments().size() + 1];
    long[] pageCount = new long[1];
    forEachPiece(
        index,
        directory,
        wanted,
        (segment, image, slot, page, count) -> {
          first[segment + 1]++;
          pageCount[0] += count;
        });
    for (int i = 1; i < first.length; i++) {
      first[i] = Math.addExact(first[i], first[i - 1]);
    }
    PlacementPlan plan = new PlacementPlan(first, pageCount[0]);
    int[] next = first.clone();
    forEachPiece(
        index,
        directory,
        wanted,
        (segment, image, slot, page, count) -> {
          int piece = next[segment]++;
          plan.images[piece] = (short) image;
          plan.slots[piece] = slot;
          plan.pages[piece] = page;
          plan.counts[piece] = count;
        });
    return plan;
  }

  /** Whether any page of a segment is placed. */
  boolean uses(int segment) {
    return first[segment] < first[segment + 1];
  }

  /** First piece of a segment. */
  int begin(int segment) {
    return first[segment];
  }

  /** Piece after the last one of a segment. */
  int end(int segment) {
    return first[segment + 1];
  }

  /** Ordinal of the image that a piece goes to. */
  int image(int piece) {
    return images[piece];
  }

  /** First slot of a piece, counted from the segment's first one. */
  int slot(int piece) {
    return slots[piece];
  }

  /** First page of a piece. */
  int page(int piece) {
    return pages[piece];
  }

  /** Pages of a piece, at least 1. */
  int count(int piece) {
    return counts[piece];
  }

  /** All pages that are placed. */
  long pageCount() {
    return pageCount;
  }

  private interface PieceConsumer {
    void accept(int segment, int image, int slot, int page, int count);
  }

  private static void forEachPiece(
      OverlayIndex index, SegmentDirectory directory, BitSet wanted, PieceConsumer consumer) {
    int[] ends = directory.segments().stream().mapToInt(segment -> segment.endSlot()).toArray();
    for (int image = wanted.nextSetBit(0); image >= 0; image = wanted.nextSetBit(image + 1)) {
      ImageRuns runs = index.images().get(image);
      for (int run = 0; run < runs.size(); run++) {
        if (runs.kind(run) == RunKind.SLOT) {
          cut(ends, image, runs.target(run), runs.page(run), runs.count(run), consumer);
        }
      }
    }
  }

  /** Cuts a run where segments end. */
  private static void cut(
      int[] ends, int image, int slot, int page, int count, PieceConsumer consumer) {
    int segment = segmentOf(ends, slot);
    for (int done = 0; done < count; segment++) {
      int start = segment == 0 ? 0 : ends[segment - 1];
      int part = Math.min(count - done, ends[segment] - (slot + done));
      consumer.accept(segment, image, slot + done - start, page + done, part);
      done += part;
    }
  }

  /** The first segment that ends behind a slot. */
  private static int segmentOf(int[] ends, int slot) {
    int low = 0;
    int high = ends.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (slot < ends[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
