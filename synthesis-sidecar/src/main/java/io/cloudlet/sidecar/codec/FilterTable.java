package io.cloudlet.sidecar.codec;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.overlay.Segment;
import io.cloudlet.sidecar.overlay.VarintReader;
import io.cloudlet.sidecar.overlay.VarintWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The runs of a segment's filters as parameters of its codec. */
final class FilterTable {
  private FilterTable() {}

  /** Writes runs, which ascend and do not overlap. */
  static ByteBuffer write(List<FilterRun> runs) {
    VarintWriter out = new VarintWriter();
    out.unsigned(runs.size());
    int end = 0;
    for (FilterRun run : runs) {
      out.unsigned(run.page() - end);
      out.unsigned((long) (run.pages() - 1) * PageFilter.COUNT + run.filter().number());
      end = run.end();
    }
    return ByteBuffer.wrap(out.toBytes());
  }

  /**
   * Reads the runs of a segment.
   *
   * @param source the overlay's path or URL for messages
   * @throws CorruptException when they do not lie in the segment, ascending
   */
  static List<FilterRun> read(Segment segment, String source) throws CorruptException {
    byte[] bytes = new byte[segment.codec().parameters().remaining()];
    segment.codec().parameters().duplicate().get(bytes);
    String table = "list of filters of segment " + segment.number();
    VarintReader in = new VarintReader(bytes, table, source, segment.offset());
    int count = in.unsigned(Math.min(segment.pages(), bytes.length), "number of runs");
    List<FilterRun> runs = new ArrayList<>(count);
    int end = 0;
    for (int i = 0; i < count; i++) {
      int page = end + in.unsigned(segment.pages() - end, "pages before a run");
      int most = Math.min(FilterRun.MOST_PAGES, segment.pages() - page);
      int value = in.unsigned(most * PageFilter.COUNT - 1, "pages and filter of a run");
      FilterRun run =
          new FilterRun(
              PageFilter.of(value % PageFilter.COUNT), page, value / PageFilter.COUNT + 1);
      runs.add(run);
      end = run.end();
    }
    in.requireEnd();
    return runs;
  }
}
