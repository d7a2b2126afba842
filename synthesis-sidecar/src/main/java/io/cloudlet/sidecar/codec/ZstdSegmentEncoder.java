package io.cloudlet.sidecar.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictContentType;
import io.cloudlet.sidecar.overlay.BaseRun;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/** One zstd frame per segment, or the pages themselves when a frame would be no shorter. */
final class ZstdSegmentEncoder implements SegmentEncoder {
  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private final NativeScratch scratch = new NativeScratch();
  private final int level;
  private final BasePages base;

  ZstdSegmentEncoder(int level, BasePages base) {
    this.level = level;
    this.base = base;
  }

  @Override
  public int bound(int bytes) {
    return Math.toIntExact(Zstd.compressBound(bytes));
  }

  @Override
  public SegmentCodec encode(
      MemorySegment pages, List<BaseRun> references, ByteBuffer destination) {
    int size = Math.toIntExact(pages.byteSize());
    int stored = compress(pages, size, references, destination);
    if (stored >= size) {
      destination.put(pages.asByteBuffer());
      return SegmentCodec.plain(CodecId.PLAIN);
    }
    destination.position(destination.position() + stored);
    return new SegmentCodec(CodecId.ZSTD, references, ByteBuffer.allocate(0));
  }

  private int compress(
      MemorySegment pages, int size, List<BaseRun> references, ByteBuffer destination) {
    if (references.isEmpty()) {
      return run(zstd, pages, size, destination);
    }
    ByteBuffer content = scratch.gather(references, base);
    // A context holds its dictionary until it is closed, so each dictionary gets its own.
    try (ZstdDictCompress dictionary =
            new ZstdDictCompress(content, level, true, ZstdDictContentType.RAW_CONTENT);
        ZstdCompressCtx own = new ZstdCompressCtx()) {
      own.loadDict(dictionary);
      return run(own, pages, size, destination);
    }
  }

  private int run(ZstdCompressCtx context, MemorySegment pages, int size, ByteBuffer destination) {
    context.setLevel(level);
    // The checksum finds a base whose pages are not those that the encoder saw.
    context.setChecksum(true);
    return context.compressDirectByteBuffer(
        destination,
        destination.position(),
        destination.remaining(),
        pages.asByteBuffer(),
        0,
        size);
  }

  @Override
  public void close() {
    zstd.close();
    scratch.close();
  }
}
