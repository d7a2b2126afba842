package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The segment directory's unpacked form. */
final class DirectoryCodec {
  /** Digest, and at least one byte for each of the five numbers. */
  private static final int SMALLEST_ENTRY = Digest.BYTES + 5;

  private DirectoryCodec() {}

  static byte[] encode(SegmentDirectory directory) {
    VarintWriter out = new VarintWriter();
    out.unsigned(directory.segments().size());
    for (Segment segment : directory.segments()) {
      out.unsigned(segment.stored());
      out.unsigned(segment.pages());
      out.raw(segment.digest().bytes());
      encode(segment.codec(), out);
    }
    return out.toBytes();
  }

  private static void encode(SegmentCodec codec, VarintWriter out) {
    out.unsigned(codec.id());
    out.unsigned(codec.references().size());
    long expected = 0;
    for (BaseRun run : codec.references()) {
      out.unsigned(run.image());
      out.signed(run.page() - expected);
      out.unsigned(run.count());
      expected = (long) run.page() + run.count();
    }
    byte[] parameters = new byte[codec.parameters().remaining()];
    codec.parameters().duplicate().get(parameters);
    out.unsigned(parameters.length);
    out.raw(parameters);
  }

  /**
   * Reads a directory.
   *
   * @param space bytes between the header and the first byte that segments cannot occupy
   */
  static SegmentDirectory decode(VarintReader in, long space) throws CorruptException {
    int count = in.unsigned(in.remaining() / SMALLEST_ENTRY, "number of segments");
    List<Segment> segments = new ArrayList<>(count);
    long offset = Header.LENGTH;
    int slot = 0;
    for (int number = 0; number < count; number++) {
      long left = Header.LENGTH + space - offset;
      int stored =
          in.unsigned((int) Math.min(left, Integer.MAX_VALUE), "bytes of segment " + number);
      int most = Math.min(OverlayLimits.SEGMENT_PAGES, OverlayLimits.PAGES - slot);
      int pages = in.unsigned(most, "pages of segment " + number);
      in.require(stored > 0 && pages > 0, "has the empty segment " + number);
      Digest digest = Digest.of(in.raw(Digest.BYTES));
      segments.add(new Segment(number, offset, stored, slot, pages, digest, decodeCodec(in)));
      offset += stored;
      slot += pages;
    }
    in.requireEnd();
    return new SegmentDirectory(segments);
  }

  private static SegmentCodec decodeCodec(VarintReader in) throws CorruptException {
    int id = in.unsigned(Integer.MAX_VALUE, "codec");
    int most = Math.min(OverlayLimits.REFERENCES, in.remaining() / 3);
    int references = in.unsigned(most, "number of references");
    List<BaseRun> runs = new ArrayList<>(references);
    long expected = 0;
    for (int i = 0; i < references; i++) {
      int image = in.unsigned(OverlayLimits.IMAGES - 1, "image of the base");
      long page = expected + in.signed();
      int count = in.unsigned(OverlayLimits.PAGES, "number of base pages");
      in.require(
          page >= 0 && count > 0 && page <= OverlayLimits.PAGES - count,
          "refers to impossible pages of the base: " + page + "+" + count);
      runs.add(new BaseRun(image, (int) page, count));
      expected = page + count;
    }
    int parameters = in.unsigned(OverlayLimits.PARAMETERS, "length of codec parameters");
    return new SegmentCodec(id, runs, ByteBuffer.wrap(in.raw(parameters)));
  }
}
