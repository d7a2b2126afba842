package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.Extent;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.PageRuns;
import io.cloudlet.sidecar.image.PageRunsBuilder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.LongAdder;

/** A raw file that is new and empty, being filled. What nobody writes stays a hole. */
final class FlatImage implements PageSink {
  /** Keeps one write below the 2 GiB that a buffer holds. */
  private static final long LARGEST_WRITE = 1L << 30;

  private final FileChannel channel;
  private final long length;
  private final LongAdder written = new LongAdder();

  /**
   * Fills a file that the caller owns.
   *
   * @param channel an empty file
   * @param length bytes of the image; when this is no multiple of the page size, the last page is
   *     cut
   */
  FlatImage(FileChannel channel, long length) {
    this.channel = channel;
    this.length = length;
  }

  @Override
  public void write(int page, int count, MemorySegment source, long offset) throws IOException {
    long at = (long) page << Page.SHIFT;
    long bytes = Math.min((long) count << Page.SHIFT, length - at);
    written.add(bytes);
    for (long done = 0; done < bytes; done += LARGEST_WRITE) {
      long part = Math.min(LARGEST_WRITE, bytes - done);
      write(source.asSlice(offset + done, part).asByteBuffer(), at + done);
    }
  }

  /**
   * The pages that this image has from the base: those with data that no run changes.
   *
   * @param changed pages that the overlay says something about
   */
  PageRuns unchanged(MappedImage base, PageRuns changed) throws IOException {
    long pages = Math.min(Page.count(base.length()), Page.count(length));
    PageRunsBuilder present = new PageRunsBuilder();
    for (Extent extent : base.dataExtents()) {
      long first = extent.offset() >>> Page.SHIFT;
      long end = Math.min(Page.count(extent.end()), pages);
      if (first < end) {
        present.add(first, end - first);
      }
    }
    return present.build().minus(changed);
  }

  /** Gives the file its length, before any page is written. */
  void reserve() throws IOException {
    if (channel.size() < length) {
      write(ByteBuffer.allocate(1), length - 1);
    }
  }

  /** Bytes that have been written so far. */
  long written() {
    return written.sum();
  }

  private void write(ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }
}
