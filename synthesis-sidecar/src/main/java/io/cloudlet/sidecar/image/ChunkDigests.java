package io.cloudlet.sidecar.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The digests of an image's chunks of 1 MiB, and the digest of the image that follows from them.
 * The specification is in FORMAT.md, "Image digests". Immutable.
 */
public final class ChunkDigests {
  /** Bytes of a chunk. */
  public static final int CHUNK = 1 << 20;

  /** The digest of a chunk that is all zero. */
  public static final Digest ZERO_CHUNK = Digest.sha256(new byte[CHUNK]);

  private static final byte[] ZERO_BYTES = ZERO_CHUNK.bytes();

  private final long length;
  private final byte[] digests;

  /**
   * Wraps digests that lie one behind the other.
   *
   * @param length bytes of the image
   * @param digests 32 bytes for each chunk; not copied, not to be changed any more
   */
  public ChunkDigests(long length, byte[] digests) {
    if (length < 0 || digests.length != count(length) * Digest.BYTES) {
      throw new IllegalArgumentException(
          digests.length + " bytes of digests for an image of " + length + " bytes");
    }
    this.length = length;
    this.digests = digests;
  }

  /** How many chunks an image of {@code length} bytes has. */
  public static long count(long length) {
    return (length + CHUNK - 1) / CHUNK;
  }

  /** Bytes of the image. */
  public long length() {
    return length;
  }

  /** How many chunks there are. */
  public int chunks() {
    return digests.length / Digest.BYTES;
  }

  /** The digest of one chunk. */
  public Digest chunk(int chunk) {
    return Digest.of(Arrays.copyOfRange(digests, at(chunk), at(chunk + 1)));
  }

  /** Whether a chunk is all zero. */
  public boolean isZero(int chunk) {
    return matches(chunk, ZERO_BYTES);
  }

  /** Whether a chunk has this digest of 32 bytes. */
  public boolean matches(int chunk, byte[] digest) {
    return Arrays.equals(digests, at(chunk), at(chunk + 1), digest, 0, Digest.BYTES);
  }

  /** The first chunk that differs from the other image's, which is as long; -1 when none does. */
  public int firstDifference(ChunkDigests other) {
    int difference = Arrays.mismatch(digests, other.digests);
    return difference < 0 ? -1 : difference / Digest.BYTES;
  }

  /** The digest of the image. */
  public Digest image() {
    MessageDigest sha256 = Digest.newSha256();
    sha256.update(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length));
    sha256.update(digests);
    return Digest.of(sha256.digest());
  }

  /** All digests, one behind the other. */
  public byte[] bytes() {
    return digests.clone();
  }

  private static int at(int chunk) {
    return chunk * Digest.BYTES;
  }
}
