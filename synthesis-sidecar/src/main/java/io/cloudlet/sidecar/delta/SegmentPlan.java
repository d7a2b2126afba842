package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.BaseRun;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;

/** Which new pages make up one segment, in order. Immutable. */
public final class SegmentPlan {
  private final NewPages source;
  private final int[] numbers;
  private final List<BaseRun> references;
  private final BitSet filterable;

  /**
   * A segment.
   *
   * @param numbers of new pages, at least one
   * @param references pages of the base that are like these
   * @param filterable positions of pages that filters may change
   */
  SegmentPlan(NewPages source, int[] numbers, List<BaseRun> references, BitSet filterable) {
    this.source = source;
    this.numbers = numbers.clone();
    this.references = List.copyOf(references);
    this.filterable = (BitSet) filterable.clone();
  }

  /** Pages of the segment. */
  public int pages() {
    return numbers.length;
  }

  /** Bytes that the segment decodes to. */
  public int bytes() {
    return numbers.length << Page.SHIFT;
  }

  /** The number among all new pages of the segment's page {@code at}. */
  public int number(int at) {
    return numbers[at];
  }

  /** Pages of the base for the codec. */
  public List<BaseRun> references() {
    return references;
  }

  /** Positions of pages that the codec's filters may change. */
  BitSet filterable() {
    return (BitSet) filterable.clone();
  }

  /** Copies the content of all pages to the begin of {@code destination}. */
  void gather(MemorySegment destination) {
    for (int at = 0; at < numbers.length; at++) {
      int number = numbers[at];
      long to = (long) at << Page.SHIFT;
      MemorySegment.copy(source.segment(number), source.offset(number), destination, to, Page.SIZE);
    }
  }

  /** The first page whose content is not that in {@code decoded}, or -1. */
  int mismatch(MemorySegment decoded) {
    for (int at = 0; at < numbers.length; at++) {
      int number = numbers[at];
      long from = (long) at << Page.SHIFT;
      if (!Page.equal(decoded, from, source.segment(number), source.offset(number))) {
        return at;
      }
    }
    return -1;
  }

  /** What the page {@code at} is, for messages. */
  String describe(int at) {
    int number = numbers[at];
    return "page " + source.page(number) + " of " + source.changedImage(number).id();
  }
}
