package io.cloudlet.sidecar.delta;

import java.util.Arrays;
import java.util.List;

/**
 * Joins chunks that are alike, the most alike first, as long as a cluster still fits into a
 * segment. Then fills segments with clusters, in the order of their first chunks.
 */
final class Clusters {
  private static final int NONE = -1;

  /** A chunk of the same cluster, nearer to its first chunk, which is its own. */
  private final int[] parents;

  private final int[] sizes;
  private final int most;

  /**
   * Every chunk on its own.
   *
   * @param most chunks of a cluster
   */
  Clusters(int chunks, int most) {
    this.parents = new int[chunks];
    this.sizes = new int[chunks];
    this.most = most;
    Arrays.setAll(parents, chunk -> chunk);
    Arrays.fill(sizes, 1);
  }

  void join(List<Links.Link> strongestFirst) {
    for (Links.Link link : strongestFirst) {
      int a = first(link.a());
      int b = first(link.b());
      if (a != b && sizes[a] + sizes[b] <= most) {
        int root = Math.min(a, b);
        parents[Math.max(a, b)] = root;
        sizes[root] = sizes[a] + sizes[b];
      }
    }
  }

  /** The segment of each chunk; segments are numbered from 0 on and none is empty. */
  int[] pack() {
    int[] segments = new int[parents.length];
    int[] fill = new int[parents.length];
    int open = 0;
    Arrays.fill(segments, NONE);
    for (int chunk = 0; chunk < parents.length; chunk++) {
      int first = first(chunk);
      if (first == chunk) {
        int segment = open;
        while (fill[segment] + sizes[first] > most) {
          segment++;
        }
        fill[segment] += sizes[first];
        segments[first] = segment;
        while (open < fill.length && fill[open] == most) {
          open++;
        }
      }
      segments[chunk] = segments[first];
    }
    return segments;
  }

  private int first(int chunk) {
    int at = chunk;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }
}
