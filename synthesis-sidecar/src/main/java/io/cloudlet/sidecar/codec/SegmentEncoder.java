package io.cloudlet.sidecar.codec;

import io.cloudlet.sidecar.overlay.BaseRun;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Turns the pages of segments into stored bytes. Equal input gives equal bytes. Used by one thread
 * at a time; the owner closes it to free native memory.
 */
public interface SegmentEncoder extends AutoCloseable {
  /** An encoder for an effort. */
  static SegmentEncoder of(Effort effort, BasePages base) {
    return new ZstdSegmentEncoder(ZstdTuning.of(effort), base);
  }

  /** Room that {@link #encode} needs for so many bytes of pages. */
  int bound(int bytes);

  /**
   * Encodes one segment.
   *
   * @param pages whole pages in native memory; filters change them
   * @param references pages of the base that are like these; may be empty
   * @param filters for some of the pages, ascending, without overlap; may be empty
   * @param destination direct; its position advances by the stored bytes
   * @return what a decoder has to know
   */
  SegmentCodec encode(
      MemorySegment pages,
      List<BaseRun> references,
      List<FilterRun> filters,
      ByteBuffer destination);

  /** Encodes one segment without filters. */
  default SegmentCodec encode(
      MemorySegment pages, List<BaseRun> references, ByteBuffer destination) {
    return encode(pages, references, List.of(), destination);
  }

  @Override
  void close();
}
