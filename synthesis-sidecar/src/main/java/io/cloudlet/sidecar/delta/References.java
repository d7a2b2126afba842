package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.overlay.BaseRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Pages of the base that are like one segment. For one thread. */
final class References {
  /** Pages, 2 MiB: more cost memory, twice that of their content, and are rarely of use. */
  static final int MOST = 512;

  private final List<Candidate> candidates = new ArrayList<>();
  private int image;
  private int page;
  private int hits;

  /**
   * A page of the base.
   *
   * @param hits anchors that it shares with the segment
   */
  private record Candidate(int image, int page, int hits) {}

  /** Counts one common anchor; pages come in ascending order. */
  void hit(int image, int page) {
    if (image != this.image || page != this.page) {
      finishPage();
      this.image = image;
      this.page = page;
    }
    hits++;
  }

  /** The best pages, in the order of the base. */
  List<BaseRun> best() {
    finishPage();
    List<Candidate> chosen =
        candidates.stream()
            .sorted(Comparator.comparingInt(Candidate::hits).reversed())
            .limit(MOST)
            .sorted(Comparator.comparingInt(Candidate::image).thenComparingInt(Candidate::page))
            .toList();
    List<BaseRun> runs = new ArrayList<>();
    for (Candidate candidate : chosen) {
      append(runs, candidate);
    }
    return runs;
  }

  private void finishPage() {
    if (hits > 0) {
      candidates.add(new Candidate(image, page, hits));
    }
    hits = 0;
  }

  private static void append(List<BaseRun> runs, Candidate next) {
    if (!runs.isEmpty()) {
      BaseRun last = runs.getLast();
      if (last.image() == next.image && last.page() + last.count() == next.page) {
        runs.set(runs.size() - 1, new BaseRun(last.image(), last.page(), last.count() + 1));
        return;
      }
    }
    runs.add(new BaseRun(next.image, next.page, 1));
  }
}
