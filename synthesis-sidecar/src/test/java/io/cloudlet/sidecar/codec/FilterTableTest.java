package io.cloudlet.sidecar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.overlay.Segment;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FilterTableTest {
  @Test
  void theLayoutIsThatOfTheFormat() throws IOException {
    List<FilterRun> runs =
        List.of(
            new FilterRun(PageFilter.COLUMNS, 2, 1),
            new FilterRun(PageFilter.BRANCHES, 3, 256),
            new FilterRun(PageFilter.COLUMNS, 260, 4));
    ByteBuffer written = FilterTable.write(runs);
    assertThat(HexFormat.of().formatHex(bytes(written)))
        .isEqualTo("03" + "0201" + "00fe03" + "0107");
    assertThat(read(written, 264)).isEqualTo(runs);
  }

  @Test
  void anyRunsComeBack() throws IOException {
    Random random = new Random(4);
    for (int round = 0; round < 500; round++) {
      int pages = 1 + random.nextInt(16384);
      List<FilterRun> runs = runs(random, pages);
      assertThat(read(FilterTable.write(runs), pages)).isEqualTo(runs);
    }
  }

  /** Ascending runs within so many pages. */
  static List<FilterRun> runs(Random random, int pages) {
    List<FilterRun> runs = new ArrayList<>();
    int at = random.nextInt(pages);
    while (at < pages) {
      int most = Math.min(FilterRun.MOST_PAGES, pages - at);
      PageFilter filter = PageFilter.of(random.nextInt(PageFilter.COUNT));
      FilterRun run = new FilterRun(filter, at, 1 + random.nextInt(most));
      runs.add(run);
      at = run.end() + random.nextInt(3);
    }
    return runs;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static List<FilterRun> read(ByteBuffer parameters, int pages) throws IOException {
    SegmentCodec codec = new SegmentCodec(CodecId.ZSTD_FILTERED, List.of(), parameters);
    Digest any = Digest.sha256(new byte[0]);
    return FilterTable.read(new Segment(0, 16, 1, 0, pages, any, codec), "overlay");
  }
}
