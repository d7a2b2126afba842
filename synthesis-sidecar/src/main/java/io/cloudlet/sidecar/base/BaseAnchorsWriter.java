package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.Anchors;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Appends what {@link BaseAnchors} reads to a file, page after page. For one thread. */
final class BaseAnchorsWriter {
  /** Pages that one task looks at. */
  private static final int GRAIN = 512;

  private final FileChannel channel;
  private long end;

  /** Writes from {@code position} of a file on that stays the caller's. */
  BaseAnchorsWriter(FileChannel channel, long position) {
    this.channel = channel;
    this.end = position;
  }

  /** Where the file ends now. */
  long end() {
    return end;
  }

  /**
   * Appends some of consecutive pages, computed on all cores.
   *
   * @param location of the first page, as {@link PageIndex#location} has it
   * @param wanted which pages, counted from the first
   */
  void write(MemorySegment segment, long location, BitSet wanted) throws IOException {
    int[] pages = wanted.stream().toArray();
    List<ByteBuffer> parts =
        IntStream.range(0, Math.ceilDiv(pages.length, GRAIN))
            .parallel()
            .mapToObj(part -> part(segment, location, pages, part * GRAIN))
            .toList();
    for (ByteBuffer part : parts) {
      while (part.hasRemaining()) {
        end += channel.write(part, end);
      }
    }
  }

  private static ByteBuffer part(MemorySegment segment, long location, int[] pages, int from) {
    Anchors anchors = new Anchors(BaseAnchors.BITS);
    int to = Math.min(pages.length, from + GRAIN);
    ByteBuffer out = buffer((to - from) * Page.SIZE / (1 << BaseAnchors.BITS) * 2 * Long.BYTES);
    for (int i = from; i < to; i++) {
      long at = location + pages[i];
      anchors.scan(segment, PageIndex.page(at) << Page.SHIFT);
      if (anchors.size() > 0) {
        out = withRoom(out, (1 + anchors.size()) * Long.BYTES);
        out.putLong(BaseAnchors.head(at, anchors.size()));
        for (int anchor = 0; anchor < anchors.size(); anchor++) {
          out.putLong(anchors.key(anchor));
        }
      }
    }
    return out.flip();
  }

  private static ByteBuffer withRoom(ByteBuffer out, int bytes) {
    return out.remaining() >= bytes ? out : buffer(2 * out.capacity() + bytes).put(out.flip());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }
}
