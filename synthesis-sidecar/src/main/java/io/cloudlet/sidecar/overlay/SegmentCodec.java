package io.cloudlet.sidecar.overlay;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * How a segment's stored bytes become pages again.
 *
 * @param id which codec; the numbers are those of FORMAT.md
 * @param references pages of the base that the codec reads, in this order
 * @param parameters what else the codec needs, in the codec's own layout; read-only
 */
public record SegmentCodec(int id, List<BaseRun> references, ByteBuffer parameters) {
  /** Checks the limits of the format. */
  public SegmentCodec {
    references = List.copyOf(references);
    parameters = parameters.slice().asReadOnlyBuffer();
    if (id < 0
        || references.size() > OverlayLimits.REFERENCES
        || parameters.remaining() > OverlayLimits.PARAMETERS) {
      throw new IllegalArgumentException("a segment's codec is out of bounds: " + id);
    }
  }

  /** A codec that needs nothing but the stored bytes. */
  public static SegmentCodec plain(int id) {
    return new SegmentCodec(id, List.of(), ByteBuffer.allocate(0));
  }

  /** How many pages of the base the codec reads. */
  public long referencedPages() {
    long sum = 0;
    for (BaseRun run : references) {
      sum += run.count();
    }
    return sum;
  }
}
