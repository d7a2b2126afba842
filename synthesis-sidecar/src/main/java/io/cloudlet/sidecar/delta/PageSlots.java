package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.image.PageRunsBuilder;
import java.util.Arrays;

/**
 * An int for each page of a block, 0 at first, kept in pieces that exist once they are needed: a
 * block that says it is huge costs next to nothing.
 */
final class PageSlots {
  private static final int PIECE_SHIFT = 15;
  private static final int PIECE = 1 << PIECE_SHIFT;
  private static final int[] UNTOUCHED = new int[0];

  private final int[][] pieces;

  PageSlots(long pages) {
    pieces = new int[Math.toIntExact((pages + PIECE - 1) >>> PIECE_SHIFT)][];
    Arrays.fill(pieces, UNTOUCHED);
  }

  int get(long page) {
    int[] piece = pieces[(int) (page >>> PIECE_SHIFT)];
    return piece.length == 0 ? 0 : piece[(int) page & (PIECE - 1)];
  }

  void set(long page, int value) {
    int at = (int) (page >>> PIECE_SHIFT);
    if (pieces[at].length == 0) {
      if (value == 0) {
        return;
      }
      pieces[at] = new int[PIECE];
    }
    pieces[at][(int) page & (PIECE - 1)] = value;
  }

  /** The pages whose number is not 0. */
  PageRuns touched() {
    PageRunsBuilder pages = new PageRunsBuilder();
    for (int at = 0; at < pieces.length; at++) {
      for (int i = 0; i < pieces[at].length; i++) {
        if (pieces[at][i] != 0) {
          pages.add(((long) at << PIECE_SHIFT) + i);
        }
      }
    }
    return pages.build();
  }
}
