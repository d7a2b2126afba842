package io.cloudlet.sidecar.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;

/** Computes {@link ChunkDigests} on all cores. Holes are not read. */
public final class ImageDigest {
  /** Small enough to stay in a core's nearest cache between copying and hashing. */
  private static final int STEP = 16 * 1024;

  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[Page.SIZE]);

  private ImageDigest() {}

  /** The digests of an image file. Ends early when the thread is interrupted. */
  public static ChunkDigests of(MappedImage image) throws IOException {
    return of(image, _ -> {});
  }

  /**
   * The same.
   *
   * @param progress told the bytes that are done, holes included; called from several threads
   */
  public static ChunkDigests of(MappedImage image, LongConsumer progress) throws IOException {
    long length = image.length();
    BitSet withData = chunksWithData(image.dataExtents());
    progress.accept(length - withData.stream().mapToLong(chunk -> size(length, chunk)).sum());
    SortedMap<Long, Digest> digests = new ConcurrentSkipListMap<>();
    Thread caller = Thread.currentThread();
    withData.stream()
        .parallel()
        .forEach(chunk -> {
          if (caller.isInterrupted()) {
            return;
          }
          long offset = (long) chunk * ChunkDigests.CHUNK;
          long size = Math.min(ChunkDigests.CHUNK, length - offset);
          digests.put((long) chunk, chunk(image.segment(), offset, size));
          progress.accept(size);
        });
    if (caller.isInterrupted()) {
      throw new InterruptedIOException("interrupted while " + image.path() + " was read");
    }
    return new ChunkDigests(length, digests);
  }

  /**
   * The digest of one chunk.
   *
   * @param length 1 to 1 MiB; a shorter chunk counts as filled up with zeros
   */
  public static Digest chunk(MemorySegment segment, long offset, long length) {
    return isZero(segment, offset, length)
        ? ChunkDigests.ZERO_CHUNK
        : sha256(segment, offset, length);
  }

  /** The last chunk may be short. */
  private static long size(long length, int chunk) {
    return Math.min(ChunkDigests.CHUNK, length - (long) chunk * ChunkDigests.CHUNK);
  }

  private static boolean isZero(MemorySegment segment, long offset, long length) {
    long at = 0;
    while (at + Page.SIZE <= length && Page.isZero(segment, offset + at)) {
      at += Page.SIZE;
    }
    long rest = length - at;
    return rest < Page.SIZE
        && MemorySegment.mismatch(segment, offset + at, offset + length, ZEROS, 0, rest) < 0;
  }

  private static BitSet chunksWithData(List<Extent> extents) {
    BitSet chunks = new BitSet();
    for (Extent extent : extents) {
      chunks.set(
          Math.toIntExact(extent.offset() / ChunkDigests.CHUNK),
          Math.toIntExact((extent.end() - 1) / ChunkDigests.CHUNK) + 1);
    }
    return chunks;
  }

  private static Digest sha256(MemorySegment segment, long offset, long length) {
    MessageDigest sha256 = Digest.newSha256();
    byte[] step = new byte[STEP];
    for (long done = 0; done < ChunkDigests.CHUNK; done += STEP) {
      long from = Math.min(done, length);
      int data = (int) Math.min(STEP, length - from);
      MemorySegment.copy(segment, JAVA_BYTE, offset + from, step, 0, data);
      Arrays.fill(step, data, STEP, (byte) 0);
      sha256.update(step);
    }
    return Digest.of(sha256.digest());
  }
}
