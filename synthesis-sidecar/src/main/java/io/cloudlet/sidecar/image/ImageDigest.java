package io.cloudlet.sidecar.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Computes {@link ChunkDigests} on all cores. Holes are not read. */
public final class ImageDigest {
  /** Small enough to stay in a core's nearest cache between copying and hashing. */
  private static final int STEP = 16 * 1024;

  private static final byte[] ZERO_DIGEST = ChunkDigests.ZERO_CHUNK.bytes();

  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[ChunkDigests.CHUNK]);

  private ImageDigest() {}

  /** The digests of an image file. */
  public static ChunkDigests of(MappedImage image) throws IOException {
    return of(image.segment(), image.length(), image.dataExtents());
  }

  /** The digest of one chunk, filled up with zeros when it is the last and short one. */
  public static byte[] chunk(MemorySegment segment, long offset, long length) {
    return isZero(segment, offset, length) ? ZERO_DIGEST.clone() : sha256(segment, offset, length);
  }

  private static ChunkDigests of(MemorySegment segment, long length, List<Extent> extents) {
    BitSet withData = chunksWithData(extents);
    byte[] digests = new byte[Math.toIntExact(ChunkDigests.count(length) * Digest.BYTES)];
    for (int at = 0; at < digests.length; at += Digest.BYTES) {
      System.arraycopy(ZERO_DIGEST, 0, digests, at, Digest.BYTES);
    }
    withData.stream()
        .parallel()
        .forEach(chunk -> {
          long offset = (long) chunk * ChunkDigests.CHUNK;
          long size = Math.min(ChunkDigests.CHUNK, length - offset);
          byte[] digest = chunk(segment, offset, size);
          System.arraycopy(digest, 0, digests, chunk * Digest.BYTES, Digest.BYTES);
        });
    return new ChunkDigests(length, digests);
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

  private static boolean isZero(MemorySegment segment, long offset, long length) {
    return MemorySegment.mismatch(segment, offset, offset + length, ZEROS, 0, length) < 0;
  }

  private static byte[] sha256(MemorySegment segment, long offset, long length) {
    MessageDigest sha256 = Digest.newSha256();
    byte[] step = new byte[STEP];
    for (long done = 0; done < ChunkDigests.CHUNK; done += STEP) {
      long from = Math.min(done, length);
      int data = (int) Math.min(STEP, length - from);
      MemorySegment.copy(segment, JAVA_BYTE, offset + from, step, 0, data);
      Arrays.fill(step, data, STEP, (byte) 0);
      sha256.update(step);
    }
    return sha256.digest();
  }
}
