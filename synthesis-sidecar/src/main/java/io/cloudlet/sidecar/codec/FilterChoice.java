package io.cloudlet.sidecar.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.cloudlet.sidecar.image.Page;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides by their content which pages of a segment go through a filter. For one thread. */
public final class FilterChoice {
  /** Calls and jumps in a page of code; fewer are chance. */
  private static final int FEWEST_CALLS = 12;

  private final byte[] page = new byte[Page.SIZE];
  private final Entropy entropy = new Entropy();

  /** Nothing chosen yet; any number of segments may follow. */
  public FilterChoice() {}

  /**
   * Chooses.
   *
   * @param pages of a whole segment
   * @param eligible pages that a filter may change; those that have much in common with others lose
   *     that when a filter changes them
   * @return ascending runs
   */
  public List<FilterRun> choose(MemorySegment pages, BitSet eligible) {
    List<FilterRun> runs = new ArrayList<>();
    for (int at = eligible.nextSetBit(0); at >= 0; at = eligible.nextSetBit(at + 1)) {
      MemorySegment.copy(pages, JAVA_BYTE, (long) at << Page.SHIFT, page, 0, Page.SIZE);
      PageFilter filter = filter();
      if (filter != null) {
        append(runs, filter, at);
      }
    }
    return runs;
  }

  private @Nullable PageFilter filter() {
    if (entropy.columnsAreClearer(page)) {
      return PageFilter.COLUMNS;
    }
    return BranchFilter.calls(page, Page.SIZE) >= FEWEST_CALLS ? PageFilter.BRANCHES : null;
  }

  private static void append(List<FilterRun> runs, PageFilter filter, int page) {
    if (!runs.isEmpty()) {
      FilterRun last = runs.getLast();
      if (last.filter() == filter && last.end() == page && last.pages() < FilterRun.MOST_PAGES) {
        runs.set(runs.size() - 1, new FilterRun(filter, last.page(), last.pages() + 1));
        return;
      }
    }
    runs.add(new FilterRun(filter, page, 1));
  }

  /** How much information the bytes of a page have when their order says nothing. */
  private static final class Entropy {
    /** Below this many bits per byte, matches do more for a page than its columns. */
    private static final double NOISE = 7.4;

    /** The columns have to need less than this part of what the whole page needs. */
    private static final double CLEARER = 0.96;

    /** Entropy of n samples is too low by this many bits per symbol that occurs (Miller, 1955). */
    private static final double BIAS = 0.5 / StrictMath.log(2);

    private static final double[] TIMES_LOG = timesLog();

    private final int[] all = new int[256];
    private final int[] column = new int[256];

    boolean columnsAreClearer(byte[] page) {
      double whole = bits(page, 0, 1, all);
      if (whole < NOISE * Page.SIZE) {
        return false;
      }
      double columns = 0;
      for (int at = 0; at < ColumnFilter.COLUMNS; at++) {
        columns += bits(page, at, ColumnFilter.COLUMNS, column);
      }
      return columns < CLEARER * whole;
    }

    private static double bits(byte[] page, int first, int step, int[] counts) {
      Arrays.fill(counts, 0);
      for (int at = first; at < page.length; at += step) {
        counts[page[at] & 0xff]++;
      }
      double bits = TIMES_LOG[page.length / step] - BIAS;
      for (int count : counts) {
        bits -= TIMES_LOG[count];
        bits += count == 0 ? 0 : BIAS;
      }
      return bits;
    }

    /** n log2 n. */
    private static double[] timesLog() {
      double[] table = new double[Page.SIZE + 1];
      for (int n = 2; n < table.length; n++) {
        table[n] = n * StrictMath.log(n) / StrictMath.log(2);
      }
      return table;
    }
  }
}
