package io.cloudlet.sidecar.codec;

import com.github.luben.zstd.Zstd;
import io.cloudlet.sidecar.overlay.BaseRun;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** One zstd frame per segment, or the pages themselves when a frame would be no shorter. */
final class ZstdSegmentEncoder implements SegmentEncoder {
  private final ZstdContext zstd;
  private final NativeScratch scratch = new NativeScratch();
  private final Filters filters = new Filters();
  private final BasePages base;

  ZstdSegmentEncoder(Map<ZstdParameter, Integer> tuning, BasePages base) {
    this.zstd = new ZstdContext(tuning);
    this.base = base;
  }

  @Override
  public int bound(int bytes) {
    return Math.toIntExact(Zstd.compressBound(bytes));
  }

  @Override
  public SegmentCodec encode(
      MemorySegment pages,
      List<BaseRun> references,
      List<FilterRun> filtered,
      ByteBuffer destination) {
    filters.apply(pages, filtered);
    MemorySegment dictionary = scratch.gather(references, base);
    long stored = zstd.compress(pages, dictionary, MemorySegment.ofBuffer(destination));
    if (stored >= pages.byteSize()) {
      filters.undo(pages, filtered);
      destination.put(pages.asByteBuffer());
      return SegmentCodec.plain(CodecId.PLAIN);
    }
    destination.position(destination.position() + Math.toIntExact(stored));
    return filtered.isEmpty()
        ? new SegmentCodec(CodecId.ZSTD, references, ByteBuffer.allocate(0))
        : new SegmentCodec(CodecId.ZSTD_FILTERED, references, FilterTable.write(filtered));
  }

  @Override
  public void close() {
    zstd.close();
    scratch.close();
  }
}
