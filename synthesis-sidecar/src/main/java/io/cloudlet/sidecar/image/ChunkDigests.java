package io.cloudlet.sidecar.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The digests of an image's chunks of 1 MiB, and the digest of the image that follows from them.
 * The specification is in FORMAT.md, "Image digests". Immutable.
 *
 * @param length bytes of the image
 * @param nonZero chunk number → digest, of the chunks that are not all zero. So an image costs
 *     memory by the data in it, not by its length
 */
public record ChunkDigests(long length, SortedMap<Long, Digest> nonZero) {
  /** Bytes of a chunk. */
  public static final int CHUNK = 1 << 20;

  /** The digest of a chunk that is all zero. */
  public static final Digest ZERO_CHUNK = Digest.sha256(new byte[CHUNK]);

  /** How many digests of zero chunks are hashed at a time. */
  private static final int BLOCK = 128;

  private static final byte[] ZERO_BLOCK = zeroBlock();

  /** Copies the digests and drops those of zero chunks. */
  public ChunkDigests {
    if (length < 0) {
      throw new IllegalArgumentException("an image has no negative length: " + length);
    }
    TreeMap<Long, Digest> copy = new TreeMap<>(nonZero);
    copy.values().removeIf(ZERO_CHUNK::equals);
    if (!copy.isEmpty() && (copy.firstKey() < 0 || copy.lastKey() >= count(length))) {
      throw new IllegalArgumentException("chunks outside of an image of " + length + " bytes");
    }
    nonZero = Collections.unmodifiableSortedMap(copy);
  }

  /** How many chunks an image of {@code length} bytes has. */
  public static long count(long length) {
    return length / CHUNK + (length % CHUNK == 0 ? 0 : 1);
  }

  /** The digest of one chunk. */
  public Digest chunk(long chunk) {
    return nonZero.getOrDefault(chunk, ZERO_CHUNK);
  }

  /** The first chunk that differs from the other image's. */
  public OptionalLong firstDifference(ChunkDigests other) {
    TreeMap<Long, Digest> either = new TreeMap<>(nonZero);
    either.putAll(other.nonZero);
    return either.keySet().stream()
        .mapToLong(Long::longValue)
        .filter(chunk -> !chunk(chunk).equals(other.chunk(chunk)))
        .findFirst();
  }

  /** The digest of the image. */
  public Digest image() {
    MessageDigest sha256 = Digest.newSha256();
    sha256.update(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length));
    long next = 0;
    for (Map.Entry<Long, Digest> entry : nonZero.entrySet()) {
      updateZeros(sha256, entry.getKey() - next);
      sha256.update(entry.getValue().bytes());
      next = entry.getKey() + 1;
    }
    updateZeros(sha256, count(length) - next);
    return Digest.of(sha256.digest());
  }

  private static void updateZeros(MessageDigest sha256, long chunks) {
    for (long left = chunks; left > 0; left -= BLOCK) {
      sha256.update(ZERO_BLOCK, 0, (int) Math.min(left, BLOCK) * Digest.BYTES);
    }
  }

  private static byte[] zeroBlock() {
    ByteBuffer block = ByteBuffer.allocate(BLOCK * Digest.BYTES);
    for (int i = 0; i < BLOCK; i++) {
      block.put(ZERO_CHUNK.bytes());
    }
    return block.array();
  }
}
