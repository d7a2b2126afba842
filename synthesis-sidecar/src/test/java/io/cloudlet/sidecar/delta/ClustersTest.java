package io.cloudlet.sidecar.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClustersTest {
  @Test
  void theMostAlikeComeTogether() {
    Clusters clusters = new Clusters(8, 2);
    clusters.join(
        List.of(new Links.Link(0, 7, 9), new Links.Link(1, 6, 5), new Links.Link(0, 1, 4)));
    assertThat(clusters.pack()).containsExactly(0, 1, 2, 2, 3, 3, 1, 0);
  }

  @Test
  void chunksWithoutLikenessStayInOrder() {
    assertThat(new Clusters(7, 3).pack()).containsExactly(0, 0, 0, 1, 1, 1, 2);
  }

  @Test
  void noSegmentIsTooLargeOrEmpty() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      int chunks = 1 + random.nextInt(200);
      int most = 1 + random.nextInt(20);
      Links links = new Links(1);
      for (int i = 0; i < 500; i++) {
        links.add(random.nextInt(chunks), random.nextInt(chunks));
      }
      Clusters clusters = new Clusters(chunks, most);
      clusters.join(links.strongestFirst());
      int[] sizes = new int[chunks];
      int[] segments = clusters.pack();
      Arrays.stream(segments).forEach(segment -> sizes[segment]++);
      int used = Arrays.stream(segments).max().orElseThrow() + 1;
      assertThat(Arrays.stream(sizes, 0, used)).allMatch(size -> size > 0 && size <= most);
    }
  }

  @Test
  void linksAreCountedAndSorted() {
    Links links = new Links(1);
    links.add(3, 1);
    links.add(1, 3);
    links.add(5, 2);
    links.add(0, 4);
    links.add(4, 0);
    links.add(4, 0);
    assertThat(links.strongestFirst())
        .containsExactly(new Links.Link(0, 4, 3), new Links.Link(1, 3, 2));
  }
}
