package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.ChunkDigests;
import io.cloudlet.sidecar.image.Digest;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a frame of a base package.
 *
 * @param firstChunk number of its first chunk in the part, or {@link PackageFormat#END_OF_PART}
 * @param contentLength bytes of content, 1 to {@link PackageFormat#MAX_CONTENT}
 * @param compressedLength bytes that follow, 1 to {@link PackageFormat#MAX_COMPRESSED}
 * @param digest SHA-256 of the bytes that follow
 */
record FrameHeader(long firstChunk, int contentLength, int compressedLength, Digest digest) {
  private static final FrameHeader END =
      new FrameHeader(PackageFormat.END_OF_PART, 0, 0, new Digest("0".repeat(2 * Digest.BYTES)));

  static FrameHeader of(long firstChunk, int contentLength, byte[] compressed) {
    return new FrameHeader(firstChunk, contentLength, compressed.length, Digest.sha256(compressed));
  }

  static FrameHeader end() {
    return END;
  }

  boolean isEnd() {
    return firstChunk == PackageFormat.END_OF_PART;
  }

  /** The first chunk behind the frame. */
  long endChunk() {
    return firstChunk + ChunkDigests.count(contentLength);
  }

  long offset() {
    return firstChunk * ChunkDigests.CHUNK;
  }

  ByteBuffer bytes() {
    return PackageFormat.allocate(PackageFormat.FRAME_HEADER)
        .putLong(firstChunk)
        .putInt(contentLength)
        .putInt(compressedLength)
        .put(digest.bytes())
        .flip();
  }

  static FrameHeader parse(ByteBuffer bytes) {
    byte[] digest = new byte[Digest.BYTES];
    bytes.get(16, digest);
    return new FrameHeader(bytes.getLong(0), bytes.getInt(8), bytes.getInt(12), Digest.of(digest));
  }

  /**
   * What contradicts the format, or null.
   *
   * @param nextChunk the first chunk of the part that is still to come
   * @param partLength bytes of the part
   */
  @Nullable String fault(long nextChunk, long partLength) {
    if (isEnd()) {
      return equals(END) ? null : "the end of a part has a length";
    }
    if (firstChunk < nextChunk || firstChunk >= ChunkDigests.count(partLength)) {
      return "chunk " + Long.toUnsignedString(firstChunk) + " is out of order";
    }
    if (contentLength < 1 || contentLength > PackageFormat.MAX_CONTENT) {
      return "a frame with " + Integer.toUnsignedString(contentLength) + " bytes of content";
    }
    boolean wholeChunks = contentLength % ChunkDigests.CHUNK == 0;
    long end = offset() + contentLength;
    if (end > partLength || (!wholeChunks && end != partLength)) {
      return "a frame ends at byte " + end + " of " + partLength + ", within a chunk";
    }
    if (compressedLength < 1 || compressedLength > PackageFormat.MAX_COMPRESSED) {
      return "a frame of " + Integer.toUnsignedString(compressedLength) + " bytes";
    }
    return null;
  }
}
