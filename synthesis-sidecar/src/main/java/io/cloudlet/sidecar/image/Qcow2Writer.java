package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Writes a qcow2 file of some pages over a backing file.
 *
 * <p>Version 3 with extended L2 entries: clusters of 128 KiB, subclusters of a page, so that a lone
 * page costs a page and QEMU copies nothing from the backing file when the guest writes one. Which
 * pages there will be is known first; then they may be written in any order, from several threads.
 * {@link #finish} writes the tables, and the header last: a file without a header is no qcow2 file.
 */
public final class Qcow2Writer {
  private static final int MAX_WRITE_PAGES = 1 << 16;

  private final FileChannel channel;
  private final Qcow2Plan plan;
  private final String backingFile;
  private final BackingFormat backingFormat;

  private Qcow2Writer(
      FileChannel channel, Qcow2Plan plan, String backingFile, BackingFormat backingFormat) {
    this.channel = channel;
    this.plan = plan;
    this.backingFile = backingFile;
    this.backingFormat = backingFormat;
  }

  /**
   * Plans a file.
   *
   * @param channel an empty file to write to; stays the caller's
   * @param length bytes of the virtual disk, a multiple of 512, at most 1 PiB
   * @param backingFile name of the raw image below, as QEMU will open it: at most 1023 bytes
   * @param data pages that will be written
   * @param zero pages that read as zeros though the backing file may say otherwise
   */
  public static Qcow2Writer begin(
      FileChannel channel, long length, String backingFile, PageRuns data, PageRuns zero) {
    return begin(channel, length, backingFile, BackingFormat.RAW, data, zero);
  }

  /** As the other, over an image of some format. */
  static Qcow2Writer begin(
      FileChannel channel,
      long length,
      String backingFile,
      BackingFormat format,
      PageRuns data,
      PageRuns zero) {
    return new Qcow2Writer(channel, new Qcow2Plan(length, data, zero), backingFile, format);
  }

  /** Writes a whole file that holds no page, over a raw image. */
  public static void writeEmpty(FileChannel channel, long length, String backingFile)
      throws IOException {
    writeEmpty(channel, length, backingFile, BackingFormat.RAW);
  }

  /** Writes a whole file that holds no page, over an image of some format. */
  public static void writeEmpty(
      FileChannel channel, long length, String backingFile, BackingFormat format)
      throws IOException {
    begin(channel, length, backingFile, format, PageRuns.EMPTY, PageRuns.EMPTY).finish();
  }

  /**
   * Writes pages that follow each other. Thread-safe.
   *
   * @param page the first one; all of them belong to the planned data
   * @param count how many
   * @param source where their bytes are, best in native memory
   * @param offset where in {@code source} the first one begins
   */
  public void write(long page, long count, MemorySegment source, long offset) throws IOException {
    PageRuns data = plan.data();
    if (data.rank(page + count) - data.rank(page) != count) {
      throw new IllegalArgumentException("pages " + page + "+" + count + " were not planned");
    }
    for (long done = 0; done < count; done += MAX_WRITE_PAGES) {
      long part = Math.min(MAX_WRITE_PAGES, count - done) << Page.SHIFT;
      MemorySegment slice = source.asSlice(offset + (done << Page.SHIFT), part);
      writeFully(slice.asByteBuffer(), plan.page(page) + (done << Page.SHIFT));
    }
  }

  /** Completes the file, once all pages are written. Does not wait for the disk. */
  public void finish() throws IOException {
    Qcow2Metadata metadata = new Qcow2Metadata(plan, backingFile, backingFormat);
    for (long block = 0; block < plan.refcountBlocks(); block++) {
      writeFully(metadata.refcountBlock(block), plan.refcountBlock(block));
    }
    writeFully(metadata.refcountTable(), plan.refcountTable());
    for (long n = 0; n < plan.tables().pages(); n++) {
      writeFully(metadata.l2Table(plan.tables().page(n)), plan.l2Table(n));
    }
    writeFully(metadata.l1Table(), plan.l1Table());
    if (channel.size() < plan.fileLength()) {
      writeFully(ByteBuffer.allocate(1), plan.fileLength() - 1);
    }
    writeFully(metadata.header(), 0);
  }

  private void writeFully(ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }
}
