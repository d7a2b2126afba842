package io.cloudlet.sidecar.codec;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictContentType;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.Segment;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Turns stored bytes into pages again, whichever codec wrote them. Used by one thread at a time;
 * the owner closes it to free native memory.
 */
public final class SegmentDecoder implements AutoCloseable {
  /** Most base pages that one segment may refer to: 64 MiB. */
  private static final long MOST_REFERENCED = 16384;

  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private final Filters filters = new Filters();
  private final NativeScratch scratch = new NativeScratch();
  private final BasePages base;
  private final String source;

  /**
   * A decoder for one overlay.
   *
   * @param base the images that the overlay's manifest names
   * @param source the overlay's path or URL for messages
   */
  public SegmentDecoder(BasePages base, String source) {
    this.base = base;
    this.source = source;
  }

  /**
   * Decodes one segment.
   *
   * @param stored direct; the segment's bytes, already verified; its position does not move
   * @param pages native memory of exactly the segment's pages, which are overwritten
   * @throws CorruptException when the bytes do not decode to that many pages, or when the base is
   *     not the one they were made with
   */
  public void decode(Segment segment, ByteBuffer stored, MemorySegment pages)
      throws CloudletException {
    long size = (long) segment.pages() << Page.SHIFT;
    if (pages.byteSize() != size || stored.remaining() != segment.stored()) {
      throw new IllegalArgumentException("buffers of another size than the segment");
    }
    switch (segment.codec().id()) {
      case CodecId.PLAIN -> copy(segment, stored, pages);
      case CodecId.ZSTD -> decompress(segment, stored, pages.asByteBuffer());
      case CodecId.ZSTD_FILTERED -> {
        List<FilterRun> filtered = FilterTable.read(segment, source);
        decompress(segment, stored, pages.asByteBuffer());
        filters.undo(pages, filtered);
      }
      default ->
          throw new CloudletException(
              source
                  + ": "
                  + at(segment)
                  + " uses codec "
                  + segment.codec().id()
                  + ", which this program does not know; use a newer Cloudlet");
    }
  }

  private void copy(Segment segment, ByteBuffer stored, MemorySegment pages)
      throws CorruptException {
    require(segment, stored.remaining() == pages.byteSize(), "has other lengths than its pages");
    pages.copyFrom(MemorySegment.ofBuffer(stored));
  }

  private void decompress(Segment segment, ByteBuffer stored, ByteBuffer pages)
      throws CorruptException {
    long referenced = segment.codec().referencedPages();
    require(segment, referenced <= MOST_REFERENCED, "refers to " + referenced + " base pages");
    try {
      int length =
          referenced == 0 ? run(zstd, stored, pages) : runWithReferences(segment, stored, pages);
      require(segment, length == pages.capacity(), "decodes to " + length + " bytes");
    } catch (ZstdException e) {
      String reason = "does not decode, or the base is another: " + e.getMessage();
      throw new CorruptException(source, segment.offset(), at(segment) + " " + reason);
    }
  }

  private int runWithReferences(Segment segment, ByteBuffer stored, ByteBuffer pages) {
    ByteBuffer content = scratch.gather(segment.codec().references(), base).asByteBuffer();
    // A context holds its dictionary until it is closed, so each dictionary gets its own.
    try (ZstdDictDecompress dictionary =
            new ZstdDictDecompress(content, true, ZstdDictContentType.RAW_CONTENT);
        ZstdDecompressCtx own = new ZstdDecompressCtx()) {
      own.loadDict(dictionary);
      return run(own, stored, pages);
    }
  }

  private static int run(ZstdDecompressCtx context, ByteBuffer stored, ByteBuffer pages) {
    return context.decompressDirectByteBuffer(
        pages, 0, pages.capacity(), stored, stored.position(), stored.remaining());
  }

  private void require(Segment segment, boolean holds, String otherwise) throws CorruptException {
    if (!holds) {
      throw new CorruptException(source, segment.offset(), at(segment) + " " + otherwise);
    }
  }

  private static String at(Segment segment) {
    return "segment " + segment.number();
  }

  @Override
  public void close() {
    zstd.close();
    scratch.close();
  }
}
